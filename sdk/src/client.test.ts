// The client against a real Steward: rows as postgrest-js has them, and what Steward adds to them.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { CallError, createClient, isStewardError, type StewardClient, unwrap } from './index.ts'
import { type ServedShop, type ShopProcedures, serveShop } from './testing/serve-shop.ts'

type Order = { id: number; status: string; total: number; note: string | null }
type Item = { order_id: number; line: string; quantity: number }
type Written<Row, Key extends keyof Row> = Pick<Row, Key> & Partial<Row>
type Database = {
  __InternalSupabase: { PostgrestVersion: '14' }
  public: {
    Tables: {
      orders: { Row: Order; Insert: Written<Order, 'id'>; Update: Partial<Order>; Relationships: [] }
      order_item: {
        Row: Item
        Insert: Written<Item, 'order_id' | 'line'>
        Update: Partial<Item>
        Relationships: [
          {
            foreignKeyName: 'order_item_order_id_fkey'
            columns: ['order_id']
            isOneToOne: false
            referencedRelation: 'orders'
            referencedColumns: ['id']
          },
        ]
      }
    }
    Views: { order_notes: { Row: { id: number | null; note: string | null }; Relationships: [] } }
    Functions: { add_them: { Args: { a: number; b: number }; Returns: number } }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}

let shop: ServedShop
beforeAll(async () => {
  shop = await serveShop()
})
afterAll(() => shop?.close())
beforeEach(() =>
  shop.database.pool.query(
    `UPDATE orders SET status = 'open' WHERE id < 10; DELETE FROM orders WHERE id BETWEEN 10 AND 99999`,
  ),
)

const open = (more: Partial<Parameters<typeof createClient>[0]> = {}) =>
  createClient<Database, ShopProcedures>({ url: shop.url, reason: 'TICKET-42: 환불', ...more })
const statusOf = async (id: number) =>
  (await shop.database.pool.query('SELECT status FROM orders WHERE id = $1', [id])).rows[0]?.status

// What no type speaks of.
const untyped = (client: unknown) => client as StewardClient

async function refusalOf(work: Promise<unknown>): Promise<CallError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  return error as CallError
}

describe('reading and writing', () => {
  test('is that of postgrest-js, with its types', async () => {
    const client = open()
    const { data, error } = await client.from('orders').select('id, status, order_item(line)').eq('id', 1).single()
    expect([error, data]).toEqual([null, { id: 1, status: 'open', order_item: [{ line: 'a' }, { line: 'b,"c"' }] }])
    expectTypeOf(data).toEqualTypeOf<{ id: number; status: string; order_item: { line: string }[] } | null>()
    const sum = await client.rpc('add_them', { a: 1, b: 2 })
    expect(sum.data).toBe(3)
    // @ts-expect-error there is no such table
    client.from('order')
  })

  test('a write carries its reason into the trail, in whatever letters', async () => {
    const client = open()
    expect((await client.from('orders').update({ status: 'paid' }).eq('id', 1)).error).toBe(null)
    await unwrap(client.withReason('#7 & more').from('orders').update({ status: 'shipped' }).eq('id', 1))
    const [second, first] = await client.history('orders', 1, { limit: 2 })
    expect([first?.operation.reason, second?.operation.reason]).toEqual(['TICKET-42: 환불', '#7 & more'])
    expect([second?.before, second?.after]).toEqual([{ status: 'paid' }, { status: 'shipped' }])
    const without = await createClient({ url: shop.url }).from('orders').update({ status: 'x' }).eq('id', 1)
    expect([without.status, without.error?.code]).toEqual([428, 'ENTITIES_REASON_REQUIRED'])
  })

  test('unwrap hands out the rows, or throws what the server said, with its status and the id of the request', async () => {
    const client = open({ headers: { 'X-Request-Id': 'sdk-test-7' } })
    const rows = await unwrap(client.from('orders').select('id').lt('id', 3).order('id'))
    expectTypeOf(rows).toEqualTypeOf<{ id: number }[]>()
    expect(rows).toEqual([{ id: 1 }, { id: 2 }])
    const refused = await refusalOf(unwrap(client.from('orders').select('colour' as 'id')))
    expect(refused).toBeInstanceOf(CallError)
    expect(refused).toMatchObject({ code: '42703', status: 400, requestId: 'sdk-test-7', hint: null })
    expect(isStewardError(refused, '42703')).toBe(true)
    const own = await refusalOf(client.operation('0190c3f2-0000-7000-8000-000000000000'))
    expect(own).toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION', status: 404, requestId: 'sdk-test-7' })
    expect(own.hint).toBeTruthy()
  })

  test('exact, numbers come as they are, to the last digit', async () => {
    const wanted = { id: '9007199254740993', total: '12345678901234567890.0123456789' }
    const rows = open({ exact: true }).from('orders').select('id, total').gt('id', 100)
    expect((await rows).data).toEqual([wanted])
    expect((await rows.single()).data).toEqual(wanted)
    expect((await open().from('orders').select('total').eq('id', 1)).data).toEqual([{ total: 12.5 }])
    expect((await open({ exact: true }).from('orders').select('total').eq('id', 1).csv()).data).toBe(
      'total\n12.5000000000',
    )
  })

  test('where nobody answers, that is said', async () => {
    const nobody = createClient({ url: 'http://127.0.0.1:1/api', retries: 0 })
    for (const asked of [nobody.meta(), unwrap(nobody.from('orders').select())]) {
      expect(await refusalOf(asked)).toMatchObject({ code: 'SDK_UNREACHABLE', status: 503 })
    }
    const elsewhere = createClient({ url: shop.url, fetch: async () => new Response('<html>') })
    expect(await refusalOf(elsewhere.meta())).toMatchObject({ code: 'SDK_NOT_STEWARD' })
  })
})

describe('dry runs', () => {
  test('show what each write would do, cascades included, answer as the write would, and keep nothing', async () => {
    const { result, changes } = await open().dryRun(async (client) => {
      const inserted = await unwrap(client.from('orders').insert({ id: 10, note: 'new' }).select('id, status').single())
      const updated = await client.from('orders').update({ status: 'paid' }).eq('id', 1)
      const removed = await unwrap(client.from('orders').delete().eq('id', 2).select('id'))
      const read = await unwrap(client.from('orders').select('status').eq('id', 1).single())
      return { inserted, updated: updated.error, removed, read }
    })
    expect(result).toEqual({
      inserted: { id: 10, status: 'open' },
      updated: null,
      removed: [{ id: 2 }],
      read: { status: 'open' },
    })
    expect(changes.map(({ kind, entity, key }) => `${kind} ${entity} ${Object.values(key ?? {}).join(' ')}`)).toEqual([
      'insert orders 10',
      'update orders 1',
      'delete orders 2',
      'delete order_item 2 a',
      'delete order_item 2 b',
      'delete order_item 2 c\\d',
    ])
    expect(changes[1]).toMatchObject({ before: { status: 'open' }, after: { status: 'paid' } })
    expect(await statusOf(1)).toBe('open')
    expect(await statusOf(10)).toBeUndefined()
    expect((await shop.database.pool.query('SELECT count(*) FROM order_item')).rows).toEqual([{ count: '5' }])
  })

  test('functions, procedures and changesets are rehearsed, too', async () => {
    const { result, changes } = await open().dryRun(async (client) => [
      await unwrap(untyped(client).rpc('close_order', { id: 1 })),
      await unwrap(client.rpc('add_them', { a: 2, b: 3 })),
      await client.call('orders.refund', { order: 2 }, { isConfirmed: true }),
      (await client.changeset([{ method: 'PATCH', path: '/orders?id=eq.1', body: { status: 'shipped' } }])).operation,
    ])
    expect(result).toEqual([null, 5, { refunded: true }, null])
    expect(changes.map(({ after }) => after)).toEqual([
      { status: 'closed' },
      { status: 'refunded' },
      { status: 'shipped' },
    ])
    expect([await statusOf(1), await statusOf(2)]).toEqual(['open', 'open'])
  })

  test('a client can be dry altogether', async () => {
    const client = open({ dryRun: true })
    expect((await client.from('orders').update({ status: 'paid' }).eq('id', 1).select('status')).data).toEqual([
      { status: 'paid' },
    ])
    expect(await client.call('orders.refund', { order: 1 }, { isConfirmed: true })).toEqual({ refunded: true })
    expect(await statusOf(1)).toBe('open')
  })

  test('what is not tracked is refused, and what was not rolled back is said', async () => {
    const { result } = await open().dryRun(async (client) => untyped(client).from('loose').insert({ a: 1 }))
    expect(result.error).toMatchObject({ code: 'ENTITIES_NOT_TRACKED', status: 409 })
    const deaf: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers)
      headers.delete('Prefer')
      return fetch(input, { ...init, headers })
    }
    const { error } = await open({ dryRun: true, fetch: deaf }).from('orders').update({ status: 'paid' }).eq('id', 1)
    expect(error).toMatchObject({ code: 'SDK_NOT_ROLLED_BACK', message: expect.stringContaining('has been done') })
  })
})

describe('the trail', () => {
  test('tells what happened, how a record was, who did it, and takes it back', async () => {
    const client = open()
    // A Date knows milliseconds: what was written in the same one would be after it.
    await wait(5)
    const before = new Date()
    await unwrap(client.from('orders').update({ status: 'lost' }).eq('id', 1))
    const [change] = await client.history('orders', 1, { limit: 1 })
    const id = change?.operation.id as string
    expect(change).toMatchObject({ kind: 'update', entity: 'orders', key: { id: 1 }, after: { status: 'lost' } })
    expect((await client.history('order_item', { order_id: 1, line: 'b,"c"' })).length).toBe(0)
    expect((await client.at('orders', 1, before)).record).toMatchObject({ status: 'open' })
    const { operation, changes } = await client.operation(id)
    expect([operation.procedure, operation.actor.id, changes.length]).toEqual(['entities.update', 'kim', 1])
    const page = await client.operations({ entity: 'orders', key: 1, from: before, limit: 1 })
    expect(page.operations.map((one) => one.id)).toEqual([id])
    const blast = await client.blast({ procedure: 'entities.update', from: before, to: new Date(Date.now() + 1000) })
    expect(blast.entities).toMatchObject([{ entity: 'orders', records: 1 }])

    const planned = await client.revert({ operation: id }, { dryRun: true })
    expect(planned.plan.rows).toMatchObject([{ kind: 'update', before: { status: 'lost' }, after: { status: 'open' } }])
    expect(await statusOf(1)).toBe('lost')
    await client.revert({ operation: id }, { reason: 'a mistake' })
    expect(await statusOf(1)).toBe('open')
    await unwrap(client.from('orders').update({ status: 'lost' }).eq('id', 1))
    await client.revert({ entity: 'orders', key: 1, to: before })
    expect(await statusOf(1)).toBe('open')
  })
})

describe('procedures, changesets, search and meta', () => {
  test('a procedure is called by its types, asks to be confirmed, and leaves its reason', async () => {
    const client = open()
    expect((await refusalOf(client.call('orders.refund', { order: 1 }))).status).toBeGreaterThanOrEqual(400)
    expect(await statusOf(1)).toBe('open')
    const done = await client.call('orders.refund', { order: 1 }, { isConfirmed: true, reason: 'TICKET-43' })
    expectTypeOf(done).toEqualTypeOf<{ refunded: boolean }>()
    expect([done, await statusOf(1)]).toEqual([{ refunded: true }, 'refunded'])
    const [change] = await client.history('orders', 1, { limit: 1 })
    expect(change?.operation).toMatchObject({ procedure: 'orders.refund', reason: 'TICKET-43' })
    // @ts-expect-error it takes a number
    const wrong = await refusalOf(client.call('orders.refund', { order: 'x' }, { isConfirmed: true }))
    expect(wrong).toMatchObject({ code: 'ENGINE_INPUT_INVALID', status: 422 })
  })

  test('a changeset is all or nothing, and one operation', async () => {
    const client = open()
    const done = await client.changeset([
      { method: 'POST', path: '/orders', body: { id: 11 } },
      { method: 'PATCH', path: '/orders?id=eq.11', headers: { Prefer: 'return=representation' }, body: { note: 'x' } },
    ])
    expect(done.results.map(({ status }) => status)).toEqual([201, 200])
    expect(done.changes?.map(({ kind }) => kind)).toEqual(['insert', 'update'])
    expect((await client.operation(done.operation as string)).operation.reason).toBe('TICKET-42: 환불')
    const refused = await refusalOf(
      client.changeset([
        { method: 'POST', path: '/orders', body: { id: 12 } },
        { method: 'POST', path: '/orders', body: { id: 1 } },
      ]),
    )
    expect(refused).toMatchObject({ code: '23505', status: 409 })
    expect(refused.details).toContain('requests[1]')
    expect(await statusOf(12)).toBeUndefined()
  })

  test('what there is and what is found', async () => {
    const client = open()
    const { entities } = await client.meta()
    expect(entities.find(({ entity }) => entity === 'order_item')).toMatchObject({
      key: ['order_id', 'line'],
      kind: 'table',
    })
    const { hits, partial } = await client.search('9007199254740993')
    expect(partial).toBeInstanceOf(Array)
    expect(hits).toMatchObject([{ entity: 'orders' }])
  })
})

describe('a scan', () => {
  async function all<One>(records: AsyncIterable<One>): Promise<One[]> {
    const found: One[] = []
    for await (const record of records) found.push(record)
    return found
  }

  test('reads everything by a key of several columns, whatever stands in them, page by page', async () => {
    for (const pageSize of [1, 2, 3, 1000]) {
      const items = await all(open().scan('order_item', { select: 'order_id, line', pageSize }))
      expectTypeOf(items).toEqualTypeOf<{ order_id: number; line: string }[]>()
      expect(items).toEqual([
        { order_id: 1, line: 'a' },
        { order_id: 1, line: 'b,"c"' },
        { order_id: 2, line: 'a' },
        { order_id: 2, line: 'b' },
        { order_id: 2, line: 'c\\d' },
      ])
    }
  })

  test('goes past numbers that JavaScript cannot hold, filters, embeds, and stops when it is told', async () => {
    await shop.database.pool.query(
      'INSERT INTO orders (id) SELECT 9007199254740993 + n FROM generate_series(1, 4) n ON CONFLICT DO NOTHING',
    )
    const ids = await all(open({ exact: true }).scan('orders', { pageSize: 1, filter: (query) => query.gt('id', 10) }))
    expect(ids.map(({ id }) => String(id))).toEqual([
      '9007199254740993',
      '9007199254740994',
      '9007199254740995',
      '9007199254740996',
      '9007199254740997',
    ])
    await shop.database.pool.query('DELETE FROM orders WHERE id > 9007199254740993')
    const nested = await all(
      open().scan('orders', { select: 'id, order_item(line)', filter: (query) => query.lt('id', 3) }),
    )
    expect(nested.map((one) => [one.id, one.order_item.length])).toEqual([
      [1, 2],
      [2, 3],
    ])
    const stop = new AbortController()
    const seen: unknown[] = []
    const stopped = (async () => {
      for await (const { line } of open().scan('order_item', { pageSize: 1, signal: stop.signal })) {
        seen.push(line)
        stop.abort()
      }
    })()
    expect((await refusalOf(stopped)).message).toMatch(/abort/i)
    expect(seen).toEqual(['a'])
  })

  test('of a view, of what has no key, and of what is not there', async () => {
    expect(await all(open().scan('order_notes', { filter: (query) => query.lt('id', 10) }))).toEqual([
      { id: 1, note: 'a "quoted", (note)' },
      { id: 2, note: null },
    ])
    const loose = createClient({ url: shop.url })
    expect(await refusalOf(all(loose.scan('loose')))).toMatchObject({ code: 'SDK_SCAN_NO_KEY' })
    expect(await refusalOf(all(loose.scan('lose')))).toMatchObject({ code: 'SDK_ENTITY_UNKNOWN' })
    expect(await refusalOf(all(open().scan('orders', { key: ['note'] })))).toMatchObject({ code: 'SDK_SCAN_KEY_NULL' })
    expect((await all(loose.scan('order_item', { key: ['line', 'order_id'] }))).map(({ line }) => line)).toEqual([
      'a',
      'a',
      'b',
      'b,"c"',
      'c\\d',
    ])
  })
})
