// Names and values as SQL text: the server must read back exactly what was meant.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quoteIdentifier, quoteLiteral } from './identifier.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ name: 'identifier' })
})
afterAll(() => database.drop())

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc
      .array(fc.constantFrom("'", '"', '\\', "''", 'E', '$$', '--', '/*', ';', '한', '\n', '?', '$1'))
      .map((parts) => parts.join('')),
  )
  .filter((value) => !value.includes('\0') && value.isWellFormed())

test.each(['on', 'off'])(
  'a quoted literal is read back as it was with standard_conforming_strings %s',
  async (setting) => {
    const client = await database.pool.connect()
    await client.query(`SET standard_conforming_strings = ${setting}; SET escape_string_warning = off`)
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { rows } = await client.query(`SELECT${quoteLiteral(value)} AS value`)
        expect(rows).toEqual([{ value }])
      }),
      { numRuns: 200 },
    )
    client.release(true)
  },
)

test('a quoted identifier is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      text.filter((value) => value !== '' && Buffer.byteLength(value) < 64),
      async (name) => {
        const { fields } = await database.pool.query(`SELECT 1 AS ${quoteIdentifier(name)}`)
        expect(fields[0]?.name).toBe(name)
      },
    ),
    { numRuns: 200 },
  )
})

test('what PostgreSQL cannot hold is refused', () => {
  expect(() => quoteIdentifier('')).toThrow(TypeError)
  expect(() => quoteIdentifier('a\0')).toThrow(TypeError)
  expect(() => quoteLiteral('a\0')).toThrow(TypeError)
})
