import pg from 'pg'
import { witnessDatabase } from './fixtures/witness.ts'
import { instrument } from './instrument/instrument.ts'
import { withOperation } from './context/current-operation.ts'
const db = await witnessDatabase('bench')
await db.pool.query('create table plain (id int primary key, v int); insert into plain select g, 0 from generate_series(1,100) g')
const bare = new pg.Client(db.url); await bare.connect()
const inst = instrument(new pg.Client(db.url)); await inst.connect()
const ctx = { actor: { type: 'user' as const, id: 'user-123', name: 'Kim' }, procedure: 'orders.refund', params: { orderId: 12, amount: '9.90' }, reason: 'TICKET-42', requestId: 'r-123' }
async function auto(c: pg.Client, n: number) { for (let i = 0; i < n; i++) await c.query('update plain set v = v + 1 where id = $1', [i % 100 + 1]) }
async function simple(c: pg.Client, n: number) { for (let i = 0; i < n; i++) await c.query(`update plain set v = v + 1 where id = 7`) }
async function tx(c: pg.Client, n: number) { for (let i = 0; i < n / 6; i++) { await c.query('BEGIN'); for (let k = 0; k < 4; k++) await c.query('update plain set v = v + 1 where id = $1', [i % 100 + 1]); await c.query('COMMIT') } }
async function sel(c: pg.Client, n: number) { for (let i = 0; i < n; i++) await c.query('select * from plain where id = $1', [i % 100 + 1]) }
async function measure(f: (c: pg.Client, n: number) => Promise<void>, mode: string) {
  const n = 3000
  const run = mode === 'bare' ? () => f(bare, n) : mode === 'inst-noop' ? () => f(inst, n)
    : async () => { for (let i = 0; i < n; i += 12) await withOperation(ctx, () => f(inst, 12)) }
  const before = process.cpuUsage(); const t = performance.now()
  await run()
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / n, wall: (performance.now() - t) * 1000 / n }
}
for (const f of (process.env.F ? [({auto,simple,tx,sel} as any)[process.env.F]] : [auto, simple, tx, sel])) {
  const acc: Record<string, number[][]> = {}
  for (let round = 0; round < 9; round++) for (const mode of ['bare', 'inst-noop', 'inst-op']) {
    const r = await measure(f, mode)
    if (round > 1) (acc[mode] ??= []).push([r.cpu, r.wall])
  }
  const med = (xs: number[]) => xs.sort((a, b) => a - b)[Math.floor(xs.length / 2)] as number
  console.log(f.name, Object.fromEntries(Object.entries(acc).map(([m, xs]) => [m, `cpu ${med(xs.map(x => x[0] as number)).toFixed(1)} wall ${med(xs.map(x => x[1] as number)).toFixed(1)}`])))
}
await bare.end(); await inst.end(); await db.drop()
