// The floor plan of a new capability: every file that HOUSE asks for, with one noun, one deed and one question in it.
import { pagesDependencies, pagesPlan } from './pages-plan.ts'
import type { Words } from './words.ts'

/** Path inside `capabilities/<word>` → text. */
export function floorPlan(words: Words): Record<string, string> {
  const { word, noun } = words
  return {
    'README.md': readme(words),
    'package.json': manifest(words),
    [`migrations/0001-${word}.sql`]: migration(words),
    [`src/${noun}.ts`]: nounFile(words),
    'src/errors.ts': errorsFile(words),
    'src/contract.ts': contractFile(words),
    'src/store.ts': storeFile(words),
    [`src/define-${noun}.ts`]: defineFile(words),
    [`src/list-${word}.ts`]: listFile(words),
    'src/procedures.ts': proceduresFile(words),
    'src/capability.ts': capabilityFile(words),
    'src/index.ts': indexFile(words),
    [`src/define-${noun}.test.ts`]: testFile(words),
    ...pagesPlan(words),
  }
}

const readme = ({ word, title, noun, type }: Words): string => `# ${title}

What ${word} are for, in one sentence: the promise.

\`\`\`sh
steward ${word} define "first"
steward ${word} list
\`\`\`

\`\`\`ts
import { define${type}, list${title} } from '@steward/${word}'
import { inTransaction } from '@steward/postgres'

await inTransaction(pool, {}, (transaction) => define${type}(transaction, { name: 'first' }))
const ${word} = await list${title}(pool, { limit: 10 })
\`\`\`

## Limits

- The name of a ${noun} is unique and at most 200 characters long.
`

const manifest = ({ word, title, version }: Words): string => {
  const door = (file: string): object => ({
    source: `./src/${file}.ts`,
    types: `./dist/${file}.d.ts`,
    default: `./dist/${file}.js`,
  })
  const ours = (names: string[]): object => Object.fromEntries(names.map((name) => [`@steward/${name}`, version]))
  const fields = {
    name: `@steward/${word}`,
    version,
    description: `${title}, in one line`,
    license: 'MIT',
    type: 'module',
    engines: { node: '>=22.18' },
    exports: {
      '.': door('index'),
      './contract': door('contract'),
      './capability': door('capability'),
      './pages': { source: './src/pages/pages.ts' },
    },
    files: ['dist', 'src', 'migrations', '!src/**/*.test.ts', '!src/pages'],
    dependencies: { ...ours(['base', 'contract', 'engine', 'postgres']), zod: '^4.6.7' },
    devDependencies: { ...ours(['cluster', 'ui']), ...pagesDependencies },
  }
  return `${JSON.stringify(fields, null, 2)}\n`
}

const migration = ({ word, noun }: Words): string => `-- The tables of ${word}, in Steward's own database.
CREATE SCHEMA IF NOT EXISTS steward_office;

CREATE TABLE steward_office.${word}_${noun} (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now()
);
`

const nounFile = ({
  noun,
  type,
}: Words): string => `// What a ${noun} is: its shape and the rules that need no database.
import { z } from 'zod'

/** A ${noun} as people see it; \`createdAt\` is an ISO time with its offset. */
export const ${type} = z.object({
  name: z.string().min(1).max(200).describe('What people call it'),
  createdAt: z.iso.datetime({ offset: true }),
})
/** See the schema of the same name. */
export type ${type} = z.infer<typeof ${type}>
`

const errorsFile = ({ word, noun }: Words): string => `// The error codes of ${word}, each with a hint.
import { defineErrors } from '@steward/base'

/** \`${word.toUpperCase()}_NAME_TAKEN\`: there is one of this name already. */
export const ${word}Errors = defineErrors('${word.toUpperCase()}', {
  NAME_TAKEN: {
    status: 409,
    message: ({ name }: { name: string }) => \`There is a ${noun} called "\${name}" already.\`,
    hint: 'Choose another name, or see what there is with: steward ${word} list',
  },
})
`

const contractFile = ({
  word,
  noun,
  type,
}: Words): string => `// What ${word} promises: its procedures; safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { ${type} } from './${noun}.ts'

/** The promises of ${word}. */
export const ${word}Contract = {
  define: procedure({
    summary: 'Writes down a ${noun}',
    effect: 'write',
    permission: '${word}:define',
    cli: { args: ['name'] },
  })
    .input(${type}.pick({ name: true }))
    .output(${type}),
  list: procedure({
    summary: 'Lists what there is, by name',
    effect: 'read',
    permission: '${word}:list',
    cli: { columns: ['name', 'createdAt'] },
  })
    .input(z.object({ limit: z.number().int().positive().default(100).describe('How many at most') }))
    .output(z.array(${type})),
}
`

const storeFile = ({
  word,
  noun,
  type,
  title,
}: Words): string => `// The SQL of ${word}: one named function a statement.
import type { Queryable, Transaction } from '@steward/postgres'
import type { ${type} } from './${noun}.ts'

/** Null when the name is taken. */
export async function insert${type}(transaction: Transaction, name: string): Promise<${type} | null> {
  const { rows } = await transaction.query<${type}>(
    \`INSERT INTO steward_office.${word}_${noun} (name) VALUES ($1)
     ON CONFLICT (name) DO NOTHING
     RETURNING name, to_json(created_at) #>> '{}' AS "createdAt"\`,
    [name],
  )
  return rows[0] ?? null
}

/** The first ones by name. */
export async function select${title}(queryable: Queryable, limit: number): Promise<${type}[]> {
  const { rows } = await queryable.query<${type}>(
    \`SELECT name, to_json(created_at) #>> '{}' AS "createdAt"
     FROM steward_office.${word}_${noun} ORDER BY name LIMIT $1\`,
    [limit],
  )
  return rows
}
`

const defineFile = ({ word, noun, type }: Words): string => `// Writes down a ${noun}.
import type { Transaction } from '@steward/postgres'
import { ${word}Errors } from './errors.ts'
import { insert${type} } from './store.ts'
import type { ${type} } from './${noun}.ts'

/**
 * Writes down a ${noun} under a name that nobody has used.
 *
 * @throws ${word.toUpperCase()}_NAME_TAKEN
 * @example
 * const ${noun} = await define${type}(transaction, { name: 'first' })
 */
export async function define${type}(transaction: Transaction, { name }: { name: string }): Promise<${type}> {
  const ${noun} = await insert${type}(transaction, name)
  if (!${noun}) throw ${word}Errors.NAME_TAKEN({ name })
  return ${noun}
}
`

const listFile = ({ word, noun, type, title }: Words): string => `// Lists what ${word} there are.
import type { Queryable } from '@steward/postgres'
import { select${title} } from './store.ts'
import type { ${type} } from './${noun}.ts'

/**
 * The first \`limit\`, by name.
 *
 * @example
 * const ${word} = await list${title}(pool, { limit: 10 })
 */
export function list${title}(queryable: Queryable, { limit }: { limit: number }): Promise<${type}[]> {
  return select${title}(queryable, limit)
}
`

const proceduresFile = ({
  word,
  noun,
  type,
  title,
}: Words): string => `// Promise by promise, which verb of ${word} keeps it.
import { keep } from '@steward/engine'
import { ${word}Contract } from './contract.ts'
import { define${type} } from './define-${noun}.ts'
import { list${title} } from './list-${word}.ts'

export const ${word}Procedures = keep(${word}Contract, {
  define: ({ transaction }, ${noun}) => define${type}(transaction, ${noun}),
  list: ({ transaction }, question) => list${title}(transaction, question),
})
`

const capabilityFile = ({ word, title }: Words): string => `// What ${word} registers with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { ${word}Contract } from './contract.ts'
import { ${word}Errors } from './errors.ts'
import { ${word}Procedures } from './procedures.ts'

/** ${title} as a capability, for the list in steward. */
export const ${word}: Capability = defineCapability({
  name: '${word}',
  summary: '${title}, in one line',
  contract: ${word}Contract,
  procedures: ${word}Procedures,
  errors: ${word}Errors,
  migrations: new URL('../migrations/', import.meta.url),
})
`

const indexFile = ({ word, noun, type, title }: Words): string => `// The library door of @steward/${word}.
export { define${type} } from './define-${noun}.ts'
export { ${word}Errors } from './errors.ts'
export { list${title} } from './list-${word}.ts'
export { ${type} } from './${noun}.ts'
`

const testFile = ({ word, noun, type, title }: Words): string => `// A ${noun} is written down once and found again.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { inTransaction, migrate, openPool } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { define${type} } from './define-${noun}.ts'
import { list${title} } from './list-${word}.ts'
import { ${type} } from './${noun}.ts'

let database: TestDatabase

async function migrated(url: string): Promise<void> {
  const pool = openPool(url)
  await migrate(pool, { folder: new URL('../migrations/', import.meta.url), ledger: 'steward_office.migration' })
  await pool.end()
}

beforeAll(async () => {
  database = await testDatabase({ key: '${word}', template: migrated })
})
afterAll(() => database.drop())

const define = (name: string): Promise<${type}> =>
  inTransaction(database.pool, {}, (transaction) => define${type}(transaction, { name }))

test('what is written down is listed by name, with its time', async () => {
  await define('second')
  await define('first')
  const listed = await list${title}(database.pool, { limit: 10 })
  expect(listed.map(({ name }) => name)).toEqual(['first', 'second'])
  expect(() => ${type}.array().parse(listed)).not.toThrow()
})

test('a name is given once', async () => {
  await define('only')
  await expect(define('only')).rejects.toThrow('There is a ${noun} called "only" already.')
})
`
