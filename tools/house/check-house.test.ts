// Proves the walls with planted faults: each breaks one sentence, and the checker says which, where and how to mend it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Broken, printBroken } from './broken.ts'
import { checkHouse, checkPicture, pictureFile } from './check-house.ts'
import { drawHouse } from './picture.ts'
import { readHouse } from './read-house.ts'
import { manifest, plantHouse, soundHouse } from './testing/plant-house.ts'

function check(changes: Record<string, string | null>, ground = soundHouse): Broken[] {
  using planted = plantHouse(changes, ground)
  return checkHouse(planted.root).broken
}

test('a house in which every wall stands has nothing broken, and says how much was read', () => {
  using planted = plantHouse()
  const report = checkHouse(planted.root)
  expect(report.broken).toEqual([])
  expect(report).toMatchObject({ files: 15, packages: 7 })
  expect(report.imports).toBeGreaterThan(20)
})

const change = 'capabilities/trail/src/change.ts'
const store = 'capabilities/scripts/src/store.ts'
const actor = 'foundation/base/src/actor.ts'
const first = '// A sentence that opens the file.\n'

interface Fault {
  title: string
  changes: Record<string, string | null>
  at: string
  says: RegExp
}

const faults: Fault[] = [
  {
    title: 'base imports something else than zod',
    changes: { [actor]: `${first}import 'pg'\n` },
    at: `${actor}:2`,
    says: /^base may import zod/,
  },
  {
    title: 'base does I/O',
    changes: { [actor]: `${first}\nimport 'node:fs'\n` },
    at: `${actor}:3`,
    says: /^base may import zod, and does no I\/O/,
  },
  {
    title: 'an arrow goes up from foundation to a capability',
    changes: { 'foundation/engine/src/index.ts': `${first}import '@steward/trail'\n` },
    at: 'foundation/engine/src/index.ts:2',
    says: /^engine may import base, contract and postgres/,
  },
  {
    title: 'the library door of the trail imports the engine',
    changes: { [change]: `${first}import '@steward/engine'\n` },
    at: `${change}:2`,
    says: /^The trail, library door, may import base and postgres/,
  },
  {
    title: 'the library door of the trail reaches the engine through its own capability file',
    changes: {
      [change]: `${first}import './capability.ts'\n`,
      'capabilities/trail/src/capability.ts': `${first}import '@steward/engine'\n`,
    },
    at: `${change}:2`,
    says: /^The trail, library door/,
  },
  {
    title: 'the library door of the trail imports a framework',
    changes: { [change]: `${first}import type { Module } from '@nestjs/common'\n` },
    at: `${change}:2`,
    says: /^The trail, library door/,
  },
  {
    title: 'a capability imports another capability',
    changes: {
      'capabilities/queries/package.json': manifest('@steward/queries', { dependencies: { '@steward/scripts': '*' } }),
      'capabilities/queries/src/index.ts': `${first}import { run } from '@steward/scripts'\n`,
    },
    at: 'capabilities/queries/src/index.ts:2',
    says: /Never another capability/,
  },
  {
    title: 'a capability imports another one only in its package.json',
    changes: {
      'capabilities/queries/package.json': manifest('@steward/queries', { dependencies: { '@steward/scripts': '*' } }),
      'capabilities/queries/src/index.ts': `${first}import 'node:fs'\n`,
    },
    at: 'capabilities/queries/package.json:11',
    says: /Never another capability/,
  },
  {
    title: 'a capability imports only a type of another one',
    changes: { [store]: `${first}export type Person = import('@steward/access').Person\n`, ...access() },
    at: `${store}:2`,
    says: /Never another capability/,
  },
  {
    title: 'a page imports its own store',
    changes: {
      'capabilities/scripts/src/pages/run.tsx': `${first}import '../store.ts'\nexport const Run = () => <p />\n`,
    },
    at: 'capabilities/scripts/src/pages/run.tsx:2',
    says: /^A capability's pages .* never the store/,
  },
  {
    title: 'a page asks for node:',
    changes: { 'capabilities/scripts/src/pages/run.ts': `${first}const fs = await import('node:fs')\n` },
    at: 'capabilities/scripts/src/pages/run.ts:2',
    says: /never node:/,
  },
  {
    title: 'a contract reaches Node through a noun of its own',
    changes: { 'capabilities/scripts/src/contract.ts': `${first}import './store.ts'\n` },
    at: 'capabilities/scripts/src/contract.ts',
    says: /safe in a browser/,
  },
  {
    title: 'a host knows a capability by name',
    changes: {
      'hosts/cli/package.json': manifest('@steward/cli', { devDependencies: {} }),
      'hosts/cli/src/index.ts': `${first}export * from '@steward/scripts/contract'\n`,
    },
    at: 'hosts/cli/src/index.ts:2',
    says: /a host knows no capability by name/,
  },
  {
    title: 'a product file imports cluster',
    changes: { [store]: `${first}const cluster = require('@steward/cluster')\n` },
    at: `${store}:2`,
    says: /may import foundation and trail/,
  },
  {
    title: 'a product file imports a test',
    changes: { [change]: `${first}import './change.test.ts'\n`, 'capabilities/trail/src/change.test.ts': `${first}` },
    at: `${change}:2`,
    says: /nobody but a test imports a test/,
  },
  {
    title: 'a package is entered through a window',
    changes: { [store]: `${first}import '@steward/trail/src/change.ts'\n` },
    at: `${store}:2`,
    says: /entered through its doors/,
  },
  {
    title: 'a relative import leaves the package, even from a test',
    changes: { 'capabilities/scripts/src/store.test.ts': `${first}import '../../trail/src/change.ts'\n` },
    at: 'capabilities/scripts/src/store.test.ts:2',
    says: /entered through its doors/,
  },
  {
    title: 'an import leads nowhere',
    changes: { [store]: `${first}import './gone.ts'\n` },
    at: `${store}:2`,
    says: /leads to a file/,
  },
  {
    title: 'a product file computes what it imports',
    changes: { [store]: `${first}export const load = (name: string) => import(name)\n` },
    at: `${store}:2`,
    says: /computed name cannot be checked/,
  },
  {
    title: 'a product file leans on what only developers install',
    changes: { 'capabilities/trail/src/index.ts': `${first}import type { Pool } from 'pg'\n` },
    at: 'capabilities/trail/src/index.ts:2',
    says: /package.json declares/,
  },
  {
    title: 'the trail makes everybody install a framework',
    changes: {
      'capabilities/trail/package.json': manifest('@steward/trail', {
        doors: ['index', 'contract', 'capability', 'nest'],
        dependencies: { '@steward/postgres': '*', '@nestjs/common': '*' },
        peerDependencies: { '@steward/engine': '*', '@steward/contract': '*' },
        optional: ['@steward/engine', '@steward/contract'],
        devDependencies: { '@steward/cluster': '*' },
      }),
    },
    at: 'capabilities/trail/package.json:21',
    says: /optional peer/,
  },
  {
    title: 'a door leads nowhere',
    changes: { 'capabilities/scripts/src/contract.ts': null },
    at: 'capabilities/scripts/package.json:9',
    says: /entered through its doors/,
  },
  {
    title: 'a file lives in no room',
    changes: { 'helpers/format.ts': `${first}export {}\n` },
    at: 'helpers/format.ts',
    says: /Everybody knows their room/,
  },
  {
    title: 'a package lives in no room',
    changes: { 'services/mail/package.json': manifest('@steward/mail') },
    at: 'services/mail/package.json',
    says: /Everybody knows their room/,
  },
]

test.each(faults)('when $title, it says which sentence was broken, where, and the mend', ({ changes, at, says }) => {
  const broken = check(changes)
  const sentences = broken.filter((one) => placeOf(one) === at).map(({ sentence }) => sentence)
  expect(sentences, printBroken(broken)).toContainEqual(expect.stringMatching(says))
  expect(broken.every(({ mend }) => mend !== '')).toBe(true)
})

describe('circles', () => {
  test('two files that need only types of each other are a circle', () => {
    const broken = check({
      [change]: `${first}import type { Operation } from './operation.ts'\nexport type Change = { by: Operation }\n`,
      'capabilities/trail/src/operation.ts': `${first}import type { Change } from './change.ts'\nexport type Operation = Change[]\n`,
    })
    expect(broken).toHaveLength(1)
    expect(broken[0]?.sentence).toBe('No circles, not even of types.')
    expect(broken[0]?.found).toBe(`runs in a circle: ${change} → capabilities/trail/src/operation.ts → ${change}`)
    expect(broken[0]?.line).toBe(2)
  })

  test('a circle through the door of the own package is seen', () => {
    const broken = check({ [change]: `${first}export type { open } from '@steward/trail'\n` })
    expect(broken.some(({ sentence }) => sentence.startsWith('No circles'))).toBe(true)
  })

  test('a circle of package.json files is seen although no file imports anything', () => {
    const broken = check({
      'foundation/base/package.json': manifest('@steward/base', {
        dependencies: { zod: '*', '@steward/contract': '*' },
      }),
    })
    const circle = broken.find(({ sentence }) => sentence.startsWith('No circles'))
    expect(circle?.found).toContain('@steward/base → @steward/contract → @steward/base')
  })
})

describe('nothing passes silently', () => {
  test('an empty house fails', () => {
    const broken = check({}, { 'README.md': '# Nothing\n' })
    expect(broken.map(({ found }) => found)).toEqual(['found no files', 'found no imports', 'found no packages'])
  })

  test('a package without a source file fails', () => {
    const broken = check({ 'foundation/engine/src/index.ts': null })
    expect(broken.map(({ found }) => found)).toContain('is a package without a single source file')
  })

  test('a file that cannot be parsed stops the check with its place', () => {
    expect(() => check({ [change]: `${first}export const = 1\n` })).toThrow(/change\.ts:2 cannot be parsed/)
  })
})

describe('the picture', () => {
  test('a missing, a fresh and a stale picture are told apart', () => {
    using planted = plantHouse()
    expect(checkPicture(planted.root)[0]?.found).toBe('is missing')
    mkdirSync(join(planted.root, 'docs'))
    writeFileSync(join(planted.root, pictureFile), drawHouse(readHouse(planted.root)))
    expect(checkPicture(planted.root)).toEqual([])
    const grown = manifest('@steward/base', { dependencies: { zod: '*' }, doors: ['index', 'actor'] })
    writeFileSync(join(planted.root, 'foundation/base/package.json'), grown)
    expect(checkPicture(planted.root)[0]?.found).toBe('does not show the house as it is')
  })

  test('it shows floors, rooms, lines and the sentence of every wall', () => {
    using planted = plantHouse()
    const drawn = drawHouse(readHouse(planted.root))
    expect(drawn).toContain('subgraph floor_foundation["foundation"]')
    expect(drawn).toContain('trail -.-> engine')
    expect(drawn).toContain('scripts --> trail')
    expect(drawn).toContain('**capabilities/trail/** `@steward/trail`: The room of @steward/trail.')
    expect(drawn).toContain('Never another capability.')
  })
})

function access(): Record<string, string> {
  return {
    'capabilities/access/package.json': manifest('@steward/access'),
    'capabilities/access/src/index.ts': `${first}export type Person = string\n`,
  }
}

function placeOf({ file, line }: Broken): string {
  return line === null ? file : `${file}:${line}`
}
