import { openPool } from '@steward/postgres'
import { readHistory } from './capabilities/trail/src/read/history.ts'
import { readAt } from './capabilities/trail/src/read/at.ts'
import { readTable } from './capabilities/trail/src/read/table.ts'
import { readBlast } from './capabilities/trail/src/read/blast.ts'
import { readImpact } from './capabilities/trail/src/read/impact.ts'
import { readActivity } from './capabilities/trail/src/read/activity.ts'
import { searchOperations } from './capabilities/trail/src/read/operations.ts'
import { findRelation } from './capabilities/trail/src/relation.ts'
const pool = openPool({ host: '/tmp', port: 5515, user: 'postgres', database: 'e2', max: 1 })
async function time(name: string, work: (n: number) => Promise<unknown>, times = 200) {
  for (let n = 0; n < Math.min(times, 15); n++) await work(n)
  const spans: number[] = []
  for (let n = 0; n < times; n++) { const begin = performance.now(); await work(n); spans.push(performance.now() - begin) }
  spans.sort((a, b) => a - b)
  console.log(name.padEnd(42), 'min', spans[0]!.toFixed(2), 'median', spans[times >> 1]!.toFixed(2), 'p95', spans[Math.floor(times * 0.95)]!.toFixed(2), 'ms')
}
const only = process.argv[2]
const tests: Record<string, () => Promise<void>> = {
  select1: () => time('select 1', () => pool.query('SELECT 1')),
  relation: () => time('findRelation', () => findRelation(pool, 'orders')),
  cold: () => time('history 50 of a record of 50', (n) => readHistory(pool, { entity: 'orders', key: (n * 37) % 20000 + 1 })),
  hot: () => time('history 50 of a record of 10,000', () => readHistory(pool, { entity: 'orders', key: 7 })),
  limit10: () => time('history 10 of a record of 10,000', () => readHistory(pool, { entity: 'orders', key: 7, limit: 10 })),
  deep: () => time('history page in the middle', () => readHistory(pool, { entity: 'orders', key: 7, before: '500000' })),
  at: () => time('at instant 4 months ago, cold record', (n) => readAt(pool, { entity: 'orders', key: (n * 37) % 20000 + 1, when: new Date(Date.now() - 120 * 864e5) })),
  atMark: () => time('at mark 100, cold record', (n) => readAt(pool, { entity: 'orders', key: (n * 37) % 20000 + 1, when: { mark: 100 } })),
  atHot: () => time('at mark 100, hot record', () => readAt(pool, { entity: 'orders', key: 7, when: { mark: 100 } }), 20),
  table: () => time('table of 20,000 rows, 1 day ago', () => readTable(pool, { entity: 'orders', when: new Date(Date.now() - 864e5) }), 3),
  tableFilter: () => time('table filter 20 rows, 1 day ago', () => readTable(pool, { entity: 'orders', when: new Date(Date.now() - 864e5), filter: { customer_id: 5 } }), 10),
  search: () => time('operations', () => searchOperations(pool), 20),
  searchActor: () => time('operations of an actor', () => searchOperations(pool, { actor: 'user:5' }), 10),
  searchProcedure: () => time('operations of a procedure', () => searchOperations(pool, { procedure: 'orders.p3' }), 10),
  searchNone: () => time('operations: none', () => searchOperations(pool, { actor: 'nobody' }), 3),
  searchKey: () => time('operations of a key', () => searchOperations(pool, { entity: 'orders', key: 77 }), 10),
  searchHotKey: () => time('operations of a hot key', () => searchOperations(pool, { entity: 'orders', key: 7 }), 10),
  searchEntity: () => time('operations of an entity', () => searchOperations(pool, { entity: 'orders' }), 10),
  searchField: () => time('operations entity field', () => searchOperations(pool, { entity: 'orders', field: 'status' }), 10),
  blast: () => time('blast of a day', () => readBlast(pool, { procedure: 'orders.*', from: new Date(Date.now() - 864e5), to: new Date() }), 5),
  activity: () => time('activity all', () => readActivity(pool, { by: 'procedure', every: 'week' }), 1),
  activityDay: () => time('activity of a week by hour', () => readActivity(pool, { by: 'procedure', every: 'hour', from: new Date(Date.now() - 7 * 864e5) }), 5),
  impact: () => time('impact', () => readImpact(pool), 1),
}
for (const [name, test] of Object.entries(tests)) if (!only || only.split(',').includes(name)) await test().catch((e: Error) => console.log(name, e.message, (e as any).details))
await pool.end()
