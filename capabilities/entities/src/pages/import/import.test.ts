// Imports: files are read to the letter, rows are sorted by what becomes of them, and the database's own refusals are found.
import { createClient, type MetaEntity, type StewardClient } from '@steward/sdk'
import fc from 'fast-check'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchOf } from '../../testing/fetch-of.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import { csvRow } from '../list/export-records.ts'
import { checkRows, type ImportMode } from './check-rows.ts'
import { countTried } from './count-tried.ts'
import { looksLikeHeader, matchColumns } from './match-columns.ts'
import { decodeFile, readTable } from './read-table.ts'
import { rehearseImport } from './rehearse-import.ts'

let shop: Shop
let client: StewardClient
let entity: MetaEntity
const signal = new AbortController().signal

beforeAll(async () => {
  shop = await openShop({ compat: undefined as never, maxRows: 1000 })
  await shop.database.pool.query(`
    CREATE TYPE grade AS ENUM ('low', 'high');
    CREATE TABLE parts (
      id bigint PRIMARY KEY, name text NOT NULL, email text UNIQUE, price numeric(10, 2) NOT NULL DEFAULT 1, grade grade,
      ready boolean, seen timestamptz, tags text[] NOT NULL DEFAULT '{}', data jsonb, code varchar(5) CHECK (code <> 'no')
    );
    INSERT INTO parts (id, name, email, price, grade, ready, seen, tags, data)
    SELECT i, 'Part ' || i, 'p' || i || '@example.com', i, 'low', i % 2 = 0, '2026-01-01 00:00+00', '{a,b}', '{"n": 9007199254740993}'
    FROM generate_series(1, 20) AS i;`)
  await shop.entities.reload()
  client = createClient({ url: 'http://shop.example', fetch: fetchOf(shop.entities), exact: true })
  entity = (await client.meta()).entities.find((one) => one.entity === 'parts') as MetaEntity
})
afterAll(() => shop.close())

async function rehearse(text: string, mode: ImportMode) {
  const { rows } = readTable(text, null)
  const [head = [], ...body] = rows
  const mapping = { mode, columns: matchColumns(head, entity.columns) }
  const checked = checkRows(body, { entity, mapping, firstLine: 2 })
  return rehearseImport(client, { entity, mapping, rows: checked, signal })
}
const lines = (rows: readonly { line: number }[]) => rows.map(({ line }) => line)
const doIt = async ({ requests }: Awaited<ReturnType<typeof rehearse>>) =>
  client.changeset(
    requests.map(({ request }) => request),
    { reason: 'an import' },
  )
const select = async (sql: string) => (await shop.database.pool.query(sql)).rows

test('what is written as CSV is read back to the letter', () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab,;\t"\'\n\r =+-@ é한\\')), maxLength: 6 })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (cells) => {
      const records = cells.map(([a, b, c], at) => ({ at: `r${at}`, a, b, c }))
      const text = records.map((record) => csvRow(record, ['at', 'a', 'b', 'c'])).join('')
      expect(readTable(text, ',').rows).toEqual(records.map(({ at, a, b, c }) => [at, a, b, c]))
      expect(
        readTable(
          Papa.unparse(
            cells.map((row) => ['x', ...row]),
            { quotes: true },
          ),
          ',',
        ).rows,
      ).toEqual(cells.map((row) => ['x', ...row]))
    }),
  )
})

test('a file is read in its encoding, with its separator', () => {
  const korean = new Uint8Array([0xc0, 0xcc, 0xb8, 0xa7, 0x2c, 0xb0, 0xaa])
  expect(decodeFile(korean)).toEqual({ text: '이름,값', encoding: 'EUC-KR' })
  expect(decodeFile(new TextEncoder().encode('\ufeff이름'))).toEqual({ text: '이름', encoding: 'UTF-8' })
  expect(decodeFile(new Uint8Array([0xff, 0xfe, 0x74, 0xc7]))).toEqual({ text: '이', encoding: 'UTF-16' })
  for (const delimiter of [',', '\t', ';', '|']) {
    const text = ['id', 'name'].join(delimiter) + '\n' + ['1', 'x'].join(delimiter) + '\n\n'
    expect(readTable(text, null)).toEqual({
      rows: [
        ['id', 'name'],
        ['1', 'x'],
      ],
      delimiter,
    })
  }
})

test('columns are known by name and by label, and a head by its columns', () => {
  expect(matchColumns(['ID', 'E-Mail', 'Name', 'name', '?'], entity.columns)).toEqual([
    'id',
    'email',
    'name',
    null,
    null,
  ])
  expect(looksLikeHeader(['Id', 'x'], entity.columns)).toBe(true)
  expect(looksLikeHeader(['1', 'Part 1'], entity.columns)).toBe(false)
})

test('rows are new, changed, as they are, or refused with their reasons', async () => {
  const tried = await rehearse(
    [
      'id,name,price,grade,ready,seen,tags,data',
      '1,Part 1,1.0,low,no,2026-01-01T09:00:00+09:00,"{a,b}","{""n"": 9007199254740993}"',
      '2,Other,2.00,low,t,2026-01-01 00:00:00+00,"{a,b}","{""n"": 9007199254740993}"',
      '3,Part 3,x,middle,maybe,soon,"{a,b}",{n}',
      '21,New,,,,,,',
      '21,Again,,,,,,',
      ',Keyless,,,,,,',
    ].join('\n'),
    'upsert',
  )
  expect(lines(tried.sorted.unchanged)).toEqual([2])
  expect(tried.sorted.changed.map(({ row, values }) => [row.line, values])).toEqual([[3, { name: 'Other' }]])
  expect(tried.sorted.refused.map(({ row, why }) => [row.line, why])).toContainEqual([6, 'twice'])
  const [wrong] = tried.sorted.refused
  expect(wrong?.row.problems.map(({ column, problem }) => `${column} ${problem}`)).toEqual([
    'price number',
    'grade choice',
    'ready boolean',
    'seen moment',
    'data json',
  ])
})

test('an import is done as it was tried out, in one changeset, to the last digit', async () => {
  const tried = await rehearse(
    'id,name,price,data\n1,One,1,"{""n"": 9007199254740993}"\n30,Thirty,12345678.90,{}',
    'upsert',
  )
  expect(countTried(tried, entity)).toEqual({ fresh: 1, changed: 1, unchanged: 0, refused: 0 })
  expect(await select('SELECT count(*)::int AS count FROM parts WHERE id = 30')).toEqual([{ count: 0 }])
  await doIt(tried)
  expect(
    await select('SELECT id::text, name, price::text, data::text FROM parts WHERE id IN (1, 30) ORDER BY id'),
  ).toEqual([
    { id: '1', name: 'One', price: '1.00', data: '{"n": 9007199254740993}' },
    { id: '30', name: 'Thirty', price: '12345678.90', data: '{}' },
  ])
})

test('only adding refuses what is there, only changing what is not', async () => {
  const text = 'id,name\n2,Two\n40,Forty'
  const added = await rehearse(text, 'insert')
  expect([lines(added.sorted.fresh), added.sorted.refused.map(({ row, why }) => [row.line, why])]).toEqual([
    [3],
    [[2, 'exists']],
  ])
  const changed = await rehearse(text, 'update')
  expect(changed.sorted.changed.map(({ row }) => row.line)).toEqual([2])
  expect(changed.sorted.refused.map(({ row, why }) => [row.line, why])).toEqual([[3, 'absent']])
})

test('what the database refuses is found among the rows, told with its words, and left out', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, at) =>
      `${100 + at},Row ${at},${at === 17 ? 'p5@example.com' : `r${at}@example.com`},${at === 31 ? 'no' : 'yes'}`,
  )
  const tried = await rehearse(`id,name,email,code\n${rows.join('\n')}`, 'upsert')
  expect(tried.rejected.map(({ rows: [row] }) => row?.line)).toEqual([19, 33])
  expect(tried.rejected.map(({ error }) => error.code)).toEqual(['23505', '23514'])
  expect(countTried(tried, entity)).toMatchObject({ fresh: 38, refused: 2 })
  await doIt(tried)
  expect(await select('SELECT count(*)::int AS count FROM parts WHERE id >= 100')).toEqual([{ count: 38 }])
})

test('what a row of a new record leaves empty gets its default', async () => {
  await doIt(await rehearse('id,name,price,tags\n50,Fifty,,\n51,Other,3,{x}', 'insert'))
  expect(await select('SELECT price::text, tags FROM parts WHERE id IN (50, 51) ORDER BY id')).toEqual([
    { price: '1.00', tags: [] },
    { price: '3.00', tags: ['x'] },
  ])
})

test('records that get the same values share a request, and thousands of new ones a changeset', async () => {
  const same = await rehearse(`id,grade\n${[2, 3, 4, 5].map((id) => `${id},high`).join('\n')}`, 'update')
  expect(same.requests).toHaveLength(1)
  const many = Array.from({ length: 2500 }, (_, at) => `${5000 + at},Many ${at}`)
  const large = await rehearse(`id,name\n${many.join('\n')}`, 'insert')
  expect(large.requests.length).toBeLessThanOrEqual(1000)
  expect(large.requests.flatMap(({ rows }) => rows)).toHaveLength(2500)
})
