// Lists on a real database: every record once and in order, page by page in both directions, with nulls, duplicates and odd names.
import type { MetaEntity, StewardClient, Values } from '@steward/sdk'
import { createClient } from '@steward/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchOf } from '../../testing/fetch-of.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import type { Clause } from '../filter/clause.ts'
import { countRecords } from './count-records.ts'
import { exportRecords } from './export-records.ts'
import { searchedFor } from './filters-of.ts'
import { cursorOf } from './keyset.ts'
import { type ListPage, readPage } from './list-query.ts'
import { type ListState, printState, readState } from './list-state.ts'
import { type OrderTerm, printOrder, totalOrder } from './order.ts'

let shop: Shop
let client: StewardClient
let entities: MetaEntity[]
const signal = new AbortController().signal

beforeAll(async () => {
  shop = await openShop({ compat: undefined as never, maxRows: 1000 })
  await shop.database.pool.query(`
    CREATE TABLE pile (
      "a b" int NOT NULL, c text COLLATE "C", grade numeric, seen timestamptz, flag boolean NOT NULL, id bigint NOT NULL,
      PRIMARY KEY ("a b", id)
    );
    INSERT INTO pile
    SELECT i % 3, CASE WHEN i % 4 > 0 THEN (ARRAY['', 'x', 'a,b', '"q"', '(y)', '\\'])[1 + i % 6] END,
      CASE WHEN i % 5 > 0 THEN i % 7 END, CASE WHEN i % 2 = 0 THEN '2026-01-01'::timestamptz + (i % 9) * interval '1.000001 s' END,
      i % 2 = 0, 9007199254740990 + i
    FROM generate_series(1, 97) AS i;
    CREATE VIEW pile_without_key AS SELECT c, grade FROM pile;
    ANALYZE pile;`)
  await shop.entities.reload()
  client = createClient({ url: 'http://shop.example', fetch: fetchOf(shop.entities), exact: true })
  entities = (await client.meta()).entities
})
afterAll(() => shop.close())

const entityOf = (name: string) => entities.find(({ entity }) => entity === name) as MetaEntity
const start: ListState = { columns: null, filter: [], order: [], search: '', place: null, rows: null }
const read = (name: string, state: Partial<ListState>, size = 7): Promise<ListPage> =>
  readPage(client, { entity: entityOf(name), entities, state: { ...start, ...state }, size }, { signal })

async function readAll(state: Partial<ListState>, direction: 'after' | 'before', from: ListPage): Promise<Values[]> {
  const rows = [...from.rows]
  for (let page = from; ; ) {
    const cursor = direction === 'after' ? page.next : page.previous
    if (cursor === null) return rows
    page = await read('pile', { ...state, place: { direction, cursor } })
    if (direction === 'after') rows.push(...page.rows)
    else rows.unshift(...page.rows)
  }
}

const ids = (rows: readonly Values[]) => rows.map(({ id }) => id)
const term = (column: string, isDescending: boolean, nulls: OrderTerm['nulls']): OrderTerm => ({
  column,
  isDescending,
  nulls,
})
const orders: OrderTerm[][] = [
  [],
  ...['c', 'grade', 'seen', 'flag'].flatMap((column) =>
    [true, false].flatMap((isDescending) => [
      [term(column, isDescending, 'first')],
      [term(column, isDescending, 'last')],
    ]),
  ),
  [term('grade', true, 'last'), term('c', false, 'first')],
  [term('seen', false, 'last'), term('grade', false, 'last'), term('flag', true, 'first')],
  [term('id', true, 'first')],
]

test.each(orders.map((order) => ({ order, name: printOrder(order) })))(
  'every record comes once and in order: $name',
  async ({ order }) => {
    const sql = [...order, term('a b', false, 'last'), term('id', false, 'last')]
      .map(({ column, isDescending, nulls }) => `"${column}" ${isDescending ? 'DESC' : 'ASC'} NULLS ${nulls}`)
      .join(', ')
    const { rows } = await shop.database.pool.query(`SELECT id::text FROM pile ORDER BY ${sql}`)
    const expected = rows.map(({ id }: { id: string }) => id)
    const first = await read('pile', { order })
    expect(first.previous).toBeNull()
    const there = await readAll({ order }, 'after', first)
    expect(ids(there)).toEqual(expected)
    const last = await read('pile', { order, place: { direction: 'after', cursor: await lastPlace(order) } })
    expect(last.rows).toEqual([])
    const end = await read('pile', { order, place: { direction: 'before', cursor: await lastPlace(order) } })
    expect(ids(await readAll({ order }, 'before', end))).toEqual(expected.slice(0, -1))
  },
)

/** Where the last record stands. */
async function lastPlace(order: OrderTerm[]) {
  const whole = await read('pile', { order }, 200)
  return cursorOf(totalOrder(order, entityOf('pile')), whole.rows.at(-1) as Values)
}

test('a filter of the page is the API’s own, and pages keep it', async () => {
  const filter: Clause[] = [
    { field: 'grade', operator: 'between', values: ['1', '4'] },
    { field: 'c', operator: 'anyOf', values: ['', 'a,b', '"q"', '\\'] },
    { field: 'seen', operator: 'isNotNull', values: [] },
  ]
  const { rows } = await shop.database.pool.query(
    `SELECT id::text FROM pile WHERE grade BETWEEN 1 AND 4 AND c IN ('', 'a,b', '"q"', '\\') AND seen IS NOT NULL ORDER BY "a b", id`,
  )
  expect(rows.length).toBeGreaterThan(5)
  expect(ids(await readAll({ filter }, 'after', await read('pile', { filter })))).toEqual(rows.map(({ id }) => id))
  expect(await countRecords(client, { entity: entityOf('pile'), state: { ...start, filter }, signal })).toBe(
    rows.length,
  )
  const address = new URLSearchParams(printState({ ...start, filter }) as Record<string, string>).toString()
  const { json } = await shop.ask('GET', `/pile?${address}`)
  expect(json).toHaveLength(rows.length)
})

test('contains and starts with find the letters that were typed, whatever they mean in patterns', async () => {
  await shop.database.pool.query(`CREATE TABLE odd (id int PRIMARY KEY, t text);
    INSERT INTO odd VALUES (1,'100% silk'),(2,'100 silk'),(3,'a_b'),(4,'axb'),(5,'a*b'),(6,'back\\slash'),(7,'A.B'),(8,NULL)`)
  await shop.entities.reload()
  entities = (await client.meta()).entities
  const find = async (operator: 'contains' | 'startsWith' | 'isNot', value: string) =>
    ids(
      (
        await read(
          'odd',
          { filter: [{ field: 't', operator, values: [value] }], order: [term('id', false, 'last')] },
          50,
        )
      ).rows,
    )
  expect(await find('contains', '0% s')).toEqual([1])
  expect(await find('contains', 'a_b')).toEqual([3])
  expect(await find('contains', 'A*B')).toEqual([5])
  expect(await find('startsWith', 'a*')).toEqual([5])
  expect(await find('contains', 'k\\s')).toEqual([6])
  expect(await find('startsWith', 'a.')).toEqual([7])
  expect(await find('isNot', '100 silk')).toEqual([1, 3, 4, 5, 6, 7, 8])
})

test('what is referred to comes with its title in the same request, and only the columns that are shown', async () => {
  const { rows } = await read('orders', { columns: ['customer_id'], order: [term('id', false, 'last')] }, 2)
  expect(rows).toEqual([
    { id: 1, customer_id: 1, steward_title_of_customer_id: { name: 'Anna Berg' } },
    { id: 2, customer_id: 1, steward_title_of_customer_id: { name: 'Anna Berg' } },
  ])
})

test('without a key there are no places: the beginning is shown, and whether there is more', async () => {
  const page = await read('pile_without_key', { rows: 10 })
  expect(page).toMatchObject({ next: null, previous: null, hasMore: true })
  expect(page.rows).toHaveLength(10)
  expect(await read('pile_without_key', { rows: 500 })).toMatchObject({ hasMore: false })
})

test('an export has every record, or says that it has not', async () => {
  const exporting = (name: string, state: Partial<ListState>, maxRows: number) =>
    exportRecords(client, {
      entity: { ...entityOf(name), maxRows },
      entities,
      state: { ...start, ...state },
      signal,
      onProgress: () => undefined,
    })
  const whole = await exporting('pile', { columns: ['id', 'c', 'grade'], order: [term('c', true, 'last')] }, 11)
  expect(whole).toMatchObject({ count: 97, isComplete: true })
  const lines = (await (whole.file as Blob).text()).split('\r\n')
  expect(lines[0]).toBe('id,c,grade')
  expect(new Set(lines.slice(1).map((line) => line.split(',')[0]))).toHaveLength(98)
  const cut = await exporting('pile_without_key', {}, 11)
  expect(cut).toMatchObject({ count: 10, isComplete: false })
})

test('the search box of a list looks at what its records are called by', async () => {
  const find = async (text: string) => {
    const more = await searchedFor(client, { entity: entityOf('customer'), text, signal })
    if (more === null) return []
    const asked = { entity: entityOf('customer'), entities, state: start }
    return ids((await readPage(client, asked, { more, signal })).rows)
  }
  expect(await find('BRUNO')).toEqual([2])
  expect(await find('4')).toEqual([4])
  expect(await find('nobody at all')).toEqual([])
  expect(await find('99999999999')).toEqual([])
})

test('an address is read back as it was written', () => {
  const state: ListState = {
    columns: ['id', 'a b'],
    filter: [{ field: '"a b"', operator: 'atLeast', values: ['1'] }],
    order: [term('a b', true, 'last')],
    search: '0042',
    place: { direction: 'after', cursor: ['1', null] },
    rows: null,
  }
  expect(readState(printState(state), entityOf('pile'))).toEqual(state)
  expect(readState({ select: 'nothing', order: 'nothing.asc', after: '[1]', rows: '-1' }, entityOf('pile'))).toEqual(
    start,
  )
})
