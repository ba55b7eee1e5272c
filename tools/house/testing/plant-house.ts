// Plants a small house in a temporary folder, so that tests can break one wall at a time.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A house in which every wall stands: base, contract, postgres, engine and two capabilities. */
export const soundHouse: Record<string, string> = {
  'package.json': manifest('planted-workspace', { private: true, devDependencies: { vitest: '*' } }),
  'foundation/base/package.json': manifest('@steward/base', { dependencies: { zod: '*' } }),
  'foundation/base/src/index.ts': "// What everything stands on.\nexport * from './actor.ts'\n",
  'foundation/base/src/actor.ts':
    "// Who acts on the data.\nimport { z } from 'zod'\nexport const Actor = z.string()\n",
  'foundation/contract/package.json': manifest('@steward/contract', { dependencies: { '@steward/base': '*' } }),
  'foundation/contract/src/index.ts': "// What is promised here.\nexport { Actor } from '@steward/base'\n",
  'foundation/postgres/package.json': manifest('@steward/postgres', {
    dependencies: { '@steward/base': '*', pg: '*' },
  }),
  'foundation/postgres/src/index.ts':
    "// The only opener of connections.\nimport { Pool } from 'pg'\nexport const open = () => new Pool()\n",
  'foundation/cluster/package.json': manifest('@steward/cluster', { dependencies: { '@steward/postgres': '*' } }),
  'foundation/cluster/src/index.ts': "// The embedded database of tests.\nexport { open } from '@steward/postgres'\n",
  'foundation/engine/package.json': manifest('@steward/engine', {
    dependencies: { '@steward/contract': '*', '@steward/postgres': '*' },
  }),
  'foundation/engine/src/index.ts': "// How a promise is kept.\nexport { open } from '@steward/postgres'\n",
  'capabilities/trail/package.json': manifest('@steward/trail', {
    doors: ['index', 'contract', 'capability', 'nest'],
    dependencies: { '@steward/postgres': '*' },
    peerDependencies: { '@steward/engine': '*', '@steward/contract': '*', '@nestjs/common': '*' },
    optional: ['@steward/engine', '@steward/contract', '@nestjs/common'],
    devDependencies: { '@steward/cluster': '*' },
  }),
  'capabilities/trail/src/index.ts':
    "// The library door of it.\nexport * from './change.ts'\nexport { open } from '@steward/postgres'\n",
  'capabilities/trail/src/change.ts': '// One change of a row.\nexport type Change = { id: string }\n',
  'capabilities/trail/src/contract.ts':
    "// What the trail promises.\nimport '@steward/contract'\nexport type { Change } from './change.ts'\n",
  'capabilities/trail/src/capability.ts':
    "// What the trail registers.\nimport '@steward/engine'\nimport './contract.ts'\nimport './index.ts'\n",
  'capabilities/trail/src/nest.ts': "// The door for Nest.\nimport '@nestjs/common'\nimport './index.ts'\n",
  'capabilities/trail/src/change.test.ts':
    "// Tests of the change.\nimport 'vitest'\nimport '@steward/cluster'\nimport './change.ts'\n",
  'capabilities/scripts/package.json': manifest('@steward/scripts', {
    doors: ['index', 'contract'],
    dependencies: { '@steward/engine': '*', '@steward/trail': '*', '@steward/contract': '*' },
  }),
  'capabilities/scripts/src/index.ts': "// The library door of it.\nimport '@steward/trail'\nimport './store.ts'\n",
  'capabilities/scripts/src/store.ts': "// Its statements in SQL.\nimport '@steward/engine'\nimport 'node:fs'\n",
  'capabilities/scripts/src/contract.ts': "// What scripts promise people.\nimport '@steward/contract'\n",
}

export interface PlantedHouse {
  root: string
  [Symbol.dispose](): void
}

/** Writes the sound house with `changes` into a temporary Git repository; a file given as null is left out. */
export function plantHouse(changes: Record<string, string | null> = {}, ground = soundHouse): PlantedHouse {
  const root = mkdtempSync(join(tmpdir(), 'steward-house-'))
  for (const [file, text] of Object.entries({ ...ground, ...changes })) {
    if (text === null) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  execFileSync('git', ['init', '--quiet', root])
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

interface ManifestSketch {
  private?: boolean
  doors?: string[]
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  optional?: string[]
}

/** The text of a package.json whose doors are named by their files. */
export function manifest(name: string, { doors = ['index'], optional = [], ...fields }: ManifestSketch = {}): string {
  const exports = fields.private
    ? undefined
    : Object.fromEntries(doors.map((door) => [door === 'index' ? '.' : `./${door}`, { source: `./src/${door}.ts` }]))
  const peerDependenciesMeta = Object.fromEntries(optional.map((peer) => [peer, { optional: true }]))
  return JSON.stringify(
    { name, version: '0.1.0', description: `The room of ${name}`, exports, ...fields, peerDependenciesMeta },
    null,
    2,
  )
}
