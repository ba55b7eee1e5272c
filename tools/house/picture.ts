// Draws docs/house.md from the packages themselves: floors, rooms, lines, and who may import whom.
import type { Workspace } from '../repository/workspaces.ts'
import { needs } from './manifests.ts'
import { type House, roomOf } from './read-house.ts'
import { type Floor, rooms } from './rooms.ts'

const floors: { floor: Floor; says: string }[] = [
  { floor: 'steward', says: 'the composition root' },
  { floor: 'examples', says: 'small real services' },
  { floor: 'hosts', says: 'ways in; none knows a capability by name' },
  { floor: 'capabilities', says: 'one folder a capability, side by side' },
  { floor: 'sdk', says: 'the client people install' },
  { floor: 'foundation', says: 'what everything stands on' },
  { floor: 'workshop', says: 'tools and benchmarks; never published' },
]

/** The text of docs/house.md. Depends only on manifests and the plan, so that it is stale only when an arrow changes. */
export function drawHouse(house: House): string {
  const inhabited = house.workspaces.filter(({ folder }) => folder !== '')
  const byFloor = floors
    .map(({ floor, says }) => ({
      floor,
      says,
      packages: inhabited.filter((workspace) => floorOf(workspace) === floor),
    }))
    .filter(({ packages }) => packages.length > 0)
  const drawing = byFloor.flatMap(({ floor, packages }) => [
    // A floor and a room may share a name, which the drawing does not allow.
    `  subgraph floor_${floor}["${floor}"]`,
    ...packages.map(({ manifest }) => `    ${nodeOf(manifest.name)}["${manifest.name}"]`),
    '  end',
  ])
  const names = new Set(inhabited.map(({ manifest }) => manifest.name))
  const published = inhabited.filter(({ manifest }) => manifest.private !== true)
  const lines = published.flatMap(({ manifest }) =>
    Object.keys(needs(manifest))
      .filter((name) => names.has(name))
      .sort()
      .map((name) => `  ${nodeOf(manifest.name)} ${isOptional(manifest, name) ? '-.->' : '-->'} ${nodeOf(name)}`),
  )
  const listing = byFloor.flatMap(({ floor, says, packages }) => [
    `### ${floor}: ${says}`,
    '',
    ...packages.map(describe),
    '',
  ])
  const walls = rooms.map(({ name, files, sentence }) => `| ${name} | \`${files.join('` `')}\` | ${sentence} |`)
  return [
    '# The house',
    '',
    'Drawn by `npm run fix` from the packages and from `tools/house/rooms.ts`; `npm run check` fails when it is stale. Do not edit.',
    'An arrow is a dependency that a user installs; a dotted one is an optional peer, reached through a door of its own.',
    '',
    '```mermaid',
    'flowchart TD',
    ...drawing,
    ...lines,
    '```',
    '',
    '## Rooms',
    '',
    ...listing,
    '## Walls',
    '',
    'The first row that knows a file owns it. No circles, not even of types. No arrow up.',
    '',
    '| room | files | who may import whom |',
    '|---|---|---|',
    ...walls,
    '',
  ].join('\n')
}

function describe({ folder, manifest, doors }: Workspace): string {
  const own = Object.keys(needs(manifest))
    .filter((name) => name === 'steward' || name.startsWith('@steward/'))
    .sort()
  const list = (isWanted: boolean): string =>
    own.flatMap((name) => (isOptional(manifest, name) === isWanted ? [`\`${name}\``] : [])).join(', ')
  const optional = list(true)
  const stands = `${list(false) || 'nothing of ours'}${optional ? `, and behind doors of its own on ${optional}` : ''}`
  const entered = [...doors.keys()].map((door) => `\`${door}\``).join(' ')
  const parts = [`stands on ${stands}`, ...(entered ? [`doors ${entered}`] : [])]
  return `- **${folder}/** \`${manifest.name}\`: ${manifest.description ?? ''}. ${capital(parts.join('; '))}.`
}

function floorOf({ folder }: Workspace): Floor | undefined {
  return roomOf(`${folder}/package.json`)?.floor
}

function isOptional(manifest: Workspace['manifest'], name: string): boolean {
  return manifest.peerDependenciesMeta?.[name]?.optional === true
}

function nodeOf(name: string): string {
  return name.replace('@steward/', '').replaceAll(/[^a-z0-9]/g, '_')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
