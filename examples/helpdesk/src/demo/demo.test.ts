// The demo's ninety days, small, on a real PostgreSQL: the past agrees with the present, and what was planted is what is found.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail, type Trail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileHelpdesk, outputOf, startCompiled } from '../testing/compiled.ts'
import { Calendar } from './calendar.ts'
import type { Filled, Progress } from './fill-helpdesk.ts'
import { imaginePast } from './imagine-past.ts'
import { Schedule } from './schedule.ts'
import { tables } from './world.ts'

let database: TestDatabase
let trail: Trail
let filled: Filled
let progress: Progress[]

beforeAll(async () => {
  await compileHelpdesk()
  database = await testDatabase({ name: 'helpdesk-demo' })
  trail = openTrail({ pool: database.pool })
  const child = startCompiled('demo/main.js', ['fill', '--scale', '0.04'], { DATABASE_URL: database.url })
  const lines = (await outputOf(child)).trim().split('\n')
  const said = lines.map((line) => JSON.parse(line) as { type: string })
  filled = said.pop() as unknown as Filled
  progress = said as unknown as Progress[]
}, 180_000)
afterAll(() => database?.drop())

/** A row or a change as plain JSON, whatever the order of its columns. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_name, each) => sorted(each)))
const sorted = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value) || !('constructor' in value)
    ? value
    : Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))

test('the progress goes up to the end, and the answer says how much there is', async () => {
  const parts = progress.map(({ done, total }) => done / total)
  expect(parts).toEqual([...parts].sort((one, other) => one - other))
  expect(parts.at(-1)).toBe(1)
  expect(new Set(progress.map(({ phase }) => phase))).toEqual(new Set(['rows', 'history', 'service', 'finish']))
  const { rows } = await database.pool.query(
    'SELECT count(*)::int AS changes, count(*) FILTER (WHERE imported)::int AS imported FROM steward.change',
  )
  expect(rows).toEqual([{ changes: filled.changes, imported: filled.importedChanges }])
  expect(filled.changes).toBeGreaterThan(filled.importedChanges + 150)
})

test.each(Object.keys(tables))('the imported history of %s ends where the trail begins', async (entity) => {
  const { rows } = await database.pool.query<{
    key: string
    kind: string
    before: string | null
    after: string | null
  }>(
    `SELECT change.key, change.kind::text, change.before, change.after FROM steward.change JOIN steward.relation ON relation.id = relation_id
      WHERE table_name = $1 AND imported ORDER BY change.id`,
    [entity],
  )
  const imagined = new Map<string, Record<string, unknown>>()
  for (const { key, kind, before, after } of rows) {
    const known = imagined.get(key)
    if (kind === 'i') expect(known).toBeUndefined()
    else expect(known, `${entity} ${key}`).toMatchObject(JSON.parse(before ?? '{}'))
    if (kind === 'd') imagined.delete(key)
    else imagined.set(key, { ...known, ...JSON.parse(after ?? '{}') })
  }
  const then = await trail.table(entity, filled.trailBegins)
  const records = (then as { records: Record<string, unknown>[] }).records.map((record) => {
    const { token_hash: _notKept, ...kept } = record
    return JSON.stringify(plain(kept))
  })
  expect(records.sort()).toEqual([...imagined.values()].map((record) => JSON.stringify(plain(record))).sort())
  expect(records.length).toBeGreaterThan(2)
})

test('what the service did stands at the instants that its rows say, in the order in which it was done', async () => {
  const { rows } = await database.pool.query(
    `SELECT count(*) FILTER (WHERE at < lag)::int AS back, min(at) >= $1::timestamptz AS since, max(at) <= $2::timestamptz + interval '1 minute' AS until
       FROM (SELECT at, lag(at) OVER (ORDER BY id) FROM steward.change WHERE NOT imported) AS change`,
    [filled.trailBegins, filled.now],
  )
  expect(rows).toEqual([{ back: 0, since: true, until: true }])
  const { rows: apart } = await database.pool.query(
    `SELECT count(*)::int AS orders, max(abs(extract(epoch FROM change.at - (change.after::json ->> 'placed_at')::timestamptz)))::float8 AS seconds
       FROM steward.change JOIN steward.relation ON relation.id = relation_id
      WHERE NOT imported AND kind = 'i' AND table_name = 'orders'`,
  )
  expect(apart[0].orders).toBeGreaterThan(14)
  expect(apart[0].seconds).toBeLessThan(5)
})

test('every captured change has its operation, by members, customers, programs and colleagues at a prompt', async () => {
  const { rows } = await database.pool.query(
    `SELECT DISTINCT source, actor_type, split_part(actor_id, ':', 1) AS who FROM steward.operation
      WHERE NOT imported AND procedure IS NOT NULL ORDER BY 1, 2, 3`,
  )
  const named = rows.filter(({ actor_type }) => actor_type !== 'staff')
  expect(named).toEqual([
    { source: 'app', actor_type: 'service', who: 'nightly' },
    { source: 'app', actor_type: 'service', who: 'payments' },
    { source: 'app', actor_type: 'service', who: 'release' },
    { source: 'app', actor_type: 'user', who: 'customer' },
    { source: 'app', actor_type: 'user', who: 'member' },
  ])
  expect(rows.filter(({ actor_type }) => actor_type === 'staff')).toContainEqual({
    source: 'sql',
    actor_type: 'staff',
    who: '박지훈',
  })
  const { rows: lost } = await database.pool.query(
    'SELECT count(*)::int FROM steward.change WHERE NOT EXISTS (SELECT FROM steward.part WHERE part.id = change.operation_id)',
  )
  expect(lost).toEqual([{ count: 0 }])
  expect((await trail.operations({ procedure: 'orders.refund', limit: 2 })).operations[1]).toMatchObject({
    outcome: 'failed',
  })
})

test('the fourteen orders of Kim are gone by the click of an admin, and come back with their items', async () => {
  const { deletion } = filled.planted
  expect([deletion.orders.length, deletion.items, deletion.reason]).toEqual([14, 31, '정리'])
  expect(deletion.orders).toContain('HD-10482')
  const [latest, ...older] = await trail.history('orders', 10_482)
  expect(latest).toMatchObject({
    kind: 'delete',
    imported: false,
    operation: { id: deletion.operation, at: deletion.at },
  })
  expect(latest?.operation.actor).toEqual({ type: 'user', id: 'member:1', name: '김하나 (admin of acme)' })
  expect(older.at(-1)).toMatchObject({ kind: 'insert', imported: true, operation: { procedure: 'orders.place' } })
  expect(new Date(new Date(deletion.at).getTime() + 9 * 3_600_000).toISOString()).toContain('T18:04:12')

  const anHourBefore = new Date(new Date(deletion.at).getTime() - 3_600_000)
  expect(await trail.at('orders', 10_482, anHourBefore)).toMatchObject({ record: latest?.before, exact: true })
  const plan = await trail.planRevert({ operation: deletion.operation })
  const kinds = plan.rows.map(({ entity, kind }) => `${kind} ${entity}`)
  expect(kinds.filter((kind) => kind === 'insert orders')).toHaveLength(14)
  expect(kinds.filter((kind) => kind === 'insert order_items')).toHaveLength(31)
  expect([kinds.length, plan.conflicts]).toEqual([45, []])
})

test('the release touched exactly the planted orders, and what people have set since are its conflicts', async () => {
  const { release } = filled.planted
  const { procedure, from, to } = release
  const blast = await trail.blast({ procedure, from, to })
  expect(blast).toMatchObject({
    operations: 1,
    entities: [{ entity: 'orders', columns: ['discount_percent', 'total'] }],
  })
  expect(blast.entities).toHaveLength(1)
  expect(blast.entities[0]?.records).toBe(release.orders.length)
  expect(release.orders.length).toBeGreaterThanOrEqual(12)
  const { rows } = await database.pool.query<{ number: string }>(
    'SELECT number FROM orders WHERE total = 0 OR number = ANY ($1) ORDER BY number COLLATE "C"',
    [release.corrected],
  )
  expect(rows.map(({ number }) => number)).toEqual(release.orders)

  const plan = await trail.planRevert({ operation: release.operation })
  expect(plan.rows).toHaveLength(release.orders.length)
  expect(plan.conflicts.map(({ key, column }) => `HD-${key?.['id']} ${column}`).sort()).toEqual(
    release.corrected.map((number) => `${number} total`).sort(),
  )
  const { applied } = await trail.revert(plan, { reason: 'TICKET-9', onConflict: 'skip' })
  expect(applied).toBe(true)
  for (const [number, total] of Object.entries(release.totals)) {
    const found = await database.pool.query<{ total: string }>('SELECT total FROM orders WHERE number = $1', [number])
    if (!release.corrected.includes(number)) expect(found.rows, number).toEqual([{ total }])
    else expect(found.rows[0]?.total).not.toBe('0.00')
  }
  const edited = await database.pool.query('SELECT note IS NOT NULL AS kept FROM orders WHERE number = ANY ($1)', [
    release.edited,
  ])
  expect(edited.rows).toEqual([{ kept: true }, { kept: true }])
})

test('what support must not see is there to be hidden, and the deleted conversation to be restored', async () => {
  const { masked, deletedConversation } = filled.planted
  const { rows } = await database.pool.query(
    'SELECT resident_number, card_last4, internal_note FROM customers WHERE id = $1',
    [masked.key],
  )
  expect(rows).toEqual([masked.values])
  const { rows: bin } = await database.pool.query(
    'SELECT subject, deleted_at IS NOT NULL AS deleted FROM conversations WHERE id = $1',
    [deletedConversation.id],
  )
  expect(bin).toEqual([{ subject: deletedConversation.subject, deleted: true }])
  expect(deletedConversation.messages).toBe(3)
})

test('the imagined past is the same for the same seed, and another for another', () => {
  const calendar = new Calendar(new Date('2026-11-23T01:00:00Z'))
  const imagine = (seed: number) => imaginePast(calendar, { seed, scale: 0.03 }).world.operations.flat().join('\n')
  const first = imagine(7)
  expect(imagine(7)).toBe(first)
  expect(imagine(8)).not.toBe(first)
})

test('a schedule keeps its order, also for what is planned while it runs', () => {
  const schedule = new Schedule<void>(100)
  const happened: number[] = []
  const note = (at: number) => {
    happened.push(at)
    if (at === 20) for (const later of [25, 21, 100]) schedule.plan(later, note)
  }
  for (const at of [40, 10, 30, 20, 10, 99, 50]) schedule.plan(at, note)
  for (const { at, work } of schedule.due()) work(at)
  expect(happened).toEqual([10, 10, 20, 21, 25, 30, 40, 50, 99])
})
