// The walls once more, in package.json: a dependency that is declared is an arrow even before anybody imports it.
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Manifest, Workspace } from '../repository/workspaces.ts'
import type { Broken } from './broken.ts'
import { findCircles } from './circles.ts'
import type { House } from './read-house.ts'
import { roomOf } from './read-house.ts'
import { houseRules, type Room } from './rooms.ts'
import { allowsPackage } from './walls.ts'

/** Broken walls between packages, as their manifests draw them. */
export function checkManifests(house: House): Broken[] {
  const broken: Broken[] = []
  for (const workspace of house.workspaces) {
    if (workspace.folder === '') continue
    const file = posix.join(workspace.folder, 'package.json')
    const own = roomsOf(house, workspace)
    const [main] = own
    if (!main) {
      broken.push({ file, line: null, found: 'belongs to a package without a room', ...houseRules.unknownRoom })
      continue
    }
    if (![...house.files.values()].some((source) => source.workspace === workspace)) {
      broken.push({
        file,
        line: null,
        found: 'is a package without a single source file',
        sentence: 'A check that finds nothing to check must fail.',
        mend: 'Write its first file, or take the package away.',
      })
    }
    const library = house.files.get(workspace.doors.get('.') ?? '')?.room ?? main
    for (const name of Object.keys(needs(workspace.manifest))) {
      // What only another door needs must not be installed with the library: an optional peer.
      const isOptionalPeer = workspace.manifest.peerDependenciesMeta?.[name]?.optional === true
      const allowing = isOptionalPeer ? own : [library]
      if (allowing.some((room) => allows(house, room, name))) continue
      const line = lineOf(house, file, name)
      if (!isOptionalPeer && own.some((room) => allows(house, room, name))) {
        broken.push({ file, line, found: `makes everybody install ${name}`, ...houseRules.optionalPeer })
        continue
      }
      const { sentence, mend } = library
      broken.push({ file, line, found: `depends on ${name}`, sentence, mend })
    }
    for (const [door, source] of workspace.doors) {
      if (house.files.has(source) || house.others.has(source)) continue
      broken.push({
        file,
        line: lineOf(house, file, door),
        found: `has a door ${door} that leads nowhere (${source})`,
        ...houseRules.doors,
      })
    }
  }
  return [...broken, ...findPackageCircles(house)]
}

/** What a user's install brings along: all but devDependencies. */
export function needs(manifest: Manifest): Record<string, string> {
  return { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }
}

/** The rooms inside a package, its general one first. */
function roomsOf(house: House, workspace: Workspace): Room[] {
  const found = new Set<Room>()
  const general = roomOf(posix.join(workspace.folder, 'package.json'))
  if (general) found.add(general)
  for (const source of house.files.values()) {
    const isProduct = source.room && source.room.name !== 'tests' && source.room.name !== 'fixtures'
    if (source.workspace === workspace && source.room && isProduct) found.add(source.room)
  }
  return [...found]
}

function allows(house: House, room: Room, name: string): boolean {
  const other = house.workspaces.find((workspace) => workspace.manifest.name === name)
  if (!other) return allowsPackage(room, name.replace(/^@types\//, ''))
  if (room.rooms.includes('@any')) return true
  return roomsOf(house, other).some((target) => room.rooms.includes(target.name))
}

function findPackageCircles(house: House): Broken[] {
  const edges = new Map(house.workspaces.map(({ manifest }) => [manifest.name, Object.keys(needs(manifest))]))
  return findCircles(edges).map((circle) => {
    const [first = ''] = circle
    const folder = house.workspaces.find(({ manifest }) => manifest.name === first)?.folder ?? ''
    const found = `packages run in a circle: ${[...circle, first].join(' → ')}`
    return { file: posix.join(folder, 'package.json'), line: null, found, ...houseRules.circle }
  })
}

function lineOf(house: House, file: string, word: string): number | null {
  const lines = readFileSync(join(house.root, file), 'utf8').split('\n')
  const index = lines.findIndex((line) => line.includes(`"${word}"`))
  return index === -1 ? null : index + 1
}
