// Keys of every type: what people write finds what the capture code stored.
import { printJson } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseKey, presentKey } from './key.ts'
import { readAt } from './read/at.ts'
import { findRelation } from './relation.ts'
import { trailDatabase } from './testing/trail-database.ts'

let database: TestDatabase

const keys: { type: string; value: string; spelled: unknown[]; shown: string }[] = [
  {
    type: 'integer',
    value: '42',
    spelled: [42, '42', ' 042', '+42', 42n, { id: 42 }, 'id=42', '{"id":42}', [42]],
    shown: '42',
  },
  {
    type: 'bigint',
    value: '9007199254740993',
    spelled: ['9007199254740993', 9007199254740993n, '{"id": 9007199254740993}'],
    shown: '9007199254740993',
  },
  { type: 'smallint', value: '-1', spelled: [-1, '-01'], shown: '-1' },
  { type: 'text', value: 'id=7', spelled: ['id=id=7', { id: 'id=7' }], shown: '"id=7"' },
  { type: 'varchar(3)', value: '{1}', spelled: ['{1}'], shown: '"{1}"' },
  { type: 'char(4)', value: 'ab', spelled: ['ab', 'ab  '], shown: '"ab"' },
  {
    type: 'uuid',
    value: '0199b6a4-7c1e-7000-8f3e-2b1c9d4e5f60',
    spelled: ['0199B6A4-7C1E-7000-8F3E-2B1C9D4E5F60', '{0199b6a47c1e70008f3e2b1c9d4e5f60}'],
    shown: '"0199b6a4-7c1e-7000-8f3e-2b1c9d4e5f60"',
  },
  { type: 'numeric(10,2)', value: '1.5', spelled: ['1.5', '1.50', 1.5, '{"id": 1.500}'], shown: '1.50' },
  { type: 'boolean', value: 'true', spelled: [true, 't', 'yes'], shown: 'true' },
  { type: 'date', value: '2026-03-02', spelled: ['2026-03-02', '20260302'], shown: '"2026-03-02"' },
  {
    type: 'timestamptz',
    value: '2026-03-02 14:00+09',
    spelled: ['2026-03-02T05:00:00Z', new Date('2026-03-02T05:00:00Z'), '2026-03-02 05:00'],
    shown: '"2026-03-02 05:00:00+00"',
  },
  { type: 'bytea', value: '\\x00ff', spelled: ['\\x00FF'], shown: '"\\\\x00ff"' },
  { type: 'positive', value: '7', spelled: [7, '007'], shown: '7' },
  { type: 'mood', value: 'glad', spelled: ['glad'], shown: '"glad"' },
  { type: 'inet', value: '10.0.0.1', spelled: ['10.0.0.1/32'], shown: '"10.0.0.1/32"' },
  { type: 'float8', value: '1e20', spelled: ['100000000000000000000', 1e20], shown: '1e+20' },
  { type: 'float8', value: 'NaN', spelled: ['nan'], shown: '"NaN"' },
]

beforeAll(async () => {
  database = await trailDatabase({
    setup: `CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      ${keys.map(({ type }, place) => `CREATE TABLE key_${place} (id ${type} PRIMARY KEY, v int);`).join('\n')}`,
    track: keys.map((_, place) => `key_${place}`),
  })
})

afterAll(async () => {
  await database?.drop()
})

test.each(keys.map((key, place) => ({ ...key, place })))(
  'a key of type $type, $value, is found however it is spelled',
  async ({ place, value, spelled, shown }) => {
    const client = await database.pool.connect()
    await client.query(
      `SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Asia/Seoul'; SET bytea_output = escape; SET extra_float_digits = 0`,
    )
    await client.query(`INSERT INTO key_${place} VALUES ($1, 1)`, [value])
    const { rows } = await client.query('SELECT key FROM steward.change ORDER BY id DESC LIMIT 1')
    const relation = await findRelation(client, `key_${place}`)
    for (const spelling of spelled) expect(await parseKey(client, relation, spelling)).toBe(rows[0].key)
    expect(presentKey(relation, rows[0].key)).toBe(`{"id":${shown}}`)
    const { record } = await readAt(client, { entity: `key_${place}`, key: spelled[0], when: 'now' })
    expect(printJson(record)).toMatch(/"v":1}$/)
    client.release(true)
  },
)

test('what is no value of the type is refused with the columns and types that are expected', async () => {
  const refused: [number, unknown][] = [
    [0, 'x'],
    [0, '99999999999'],
    [0, 1.5],
    [0, {}],
    [0, { id: null }],
    [0, '\0'],
    [3, '\0'],
    [6, 'x'],
    [9, '2026-02-30'],
    [12, -1],
    [13, 'mad'],
  ]
  for (const [place, input] of refused) {
    const relation = await findRelation(database.pool, `key_${place}`)
    await expect(parseKey(database.pool, relation, input)).rejects.toMatchObject({
      code: 'TRAIL_KEY_SHAPE',
      hint: expect.stringContaining('id ('),
    })
  }
})

test('a value that would be cut to the length of its column is no other record', async () => {
  const relation = await findRelation(database.pool, 'key_4')
  expect(await parseKey(database.pool, relation, '{1}x')).toBe('{1}x')
  const numbers = await findRelation(database.pool, 'key_7')
  expect(await parseKey(database.pool, numbers, '1.501')).toBe('1.501')
})
