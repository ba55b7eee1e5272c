// Whatever a database calls things: the configuration is code that says it, and never code that does it.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { formatEntity, quoteIdentifier, quoteLiteral, readCatalog } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Configuration } from '../config/configuration.ts'
import { type Proposal, proposeConfiguration } from './propose-configuration.ts'
import { readIndexedColumns } from './read-indexed-columns.ts'
import { writeConfiguration } from './write-configuration.ts'

const hostile = [
  "'}); globalThis.isTaken = true; ({ a: '",
  '"}); globalThis.isTaken = true //',
  '*/ globalThis.isTaken = true /*',
  '`${globalThis.isTaken = true}`',
  '\n globalThis.isTaken = true //',
  '\r globalThis.isTaken = true //',
  '\u2028 globalThis.isTaken = true //',
  '\u2029 globalThis.isTaken = true //',
  '\\',
  "\\'",
  '\\"\'',
  '\u202e // eurt',
  '%s %I $1',
  '한글 표 🙂',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'class',
  '2024',
  '*',
]

let database: TestDatabase
let proposal: Proposal
beforeAll(async () => {
  database = await testDatabase({ name: 'init_hostile' })
  for (const name of hostile) {
    const [table, comment] = [quoteIdentifier(name), quoteLiteral(`${name} 고객`)]
    await database.pool.query(`CREATE TABLE ${table} (id int PRIMARY KEY, ${table} text UNIQUE, password text)`)
    await database.pool.query(`COMMENT ON TABLE ${table} IS ${comment}`)
  }
  await database.pool.query('ALTER TABLE class ADD email text')
  const { pool } = database
  proposal = proposeConfiguration({ catalog: await readCatalog(pool), indexed: await readIndexedColumns(pool) })
})
afterAll(() => database?.drop())

async function load(text: string): Promise<Configuration> {
  const code = text.replace("import { defineConfig } from 'steward/config'", 'const defineConfig = (given) => given')
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default
}

test('no name and no comment is more than a text', async () => {
  const text = writeConfiguration(proposal)
  const { entities, roles } = await load(text)
  expect('isTaken' in globalThis).toBe(false)
  expect(entities).toEqual(proposal.entities)
  expect(roles?.['cx']?.entities).toEqual(proposal.support)
  const names = hostile.filter((name) => name !== '*').map((name) => formatEntity({ schema: 'public', name }))
  expect(Object.keys(entities ?? {}).sort()).toEqual(names.sort())
  expect(text).toContain('// An index on email would let')
  // What turns the direction of a line would show people another code than it is.
  expect(text).not.toMatch(/[\u2028\u2029\u202e]/)
})

test('a table that is called as the rule for all others is given none', () => {
  expect(Object.hasOwn(proposal.support, '*')).toBe(false)
})
