import { Duplex } from 'node:stream'
import pg from 'pg'
import { instrument } from './instrument/instrument.ts'
import { withOperation } from './context/current-operation.ts'
const msg = (type: string, body: Buffer) => { const b = Buffer.alloc(5 + body.length); b.write(type); b.writeInt32BE(4 + body.length, 1); body.copy(b, 5); return b }
const ready = msg('Z', Buffer.from('I'))
const P = msg('1', Buffer.alloc(0)), B = msg('2', Buffer.alloc(0)), N = msg('n', Buffer.alloc(0)), C = msg('C', Buffer.from('UPDATE 1\0')), CS = msg('C', Buffer.from('SELECT 0\0'))
const bareAnswer = Buffer.concat([P, B, N, C, ready]), carriedAnswer = Buffer.concat([P, B, CS, P, B, N, C, ready])
class Fake extends Duplex {
  setNoDelay() {} setKeepAlive() {} ref() {} unref() {}
  connect() { setImmediate(() => this.emit('connect')) ; return this }
  override _read() {}
  override _write(chunk: Buffer, _e: string, done: () => void) { this.got([chunk]); done() }
  override _writev(chunks: { chunk: Buffer }[], done: () => void) { this.got(chunks.map(c => c.chunk)); done() }
  parses = 0; started = false
  got(chunks: Buffer[]) {
    if (!this.started) { this.started = true; setImmediate(() => this.push(Buffer.concat([msg('R', Buffer.alloc(4)), ready]))); return }
    for (const c of chunks) { if (c[0] === 0x50) this.parses++; if (c[0] === 0x53) { const a = this.parses > 1 ? carriedAnswer : bareAnswer; this.parses = 0; setImmediate(() => this.push(a)) } }
  }
}
const make = () => new pg.Client({ stream: new Fake() as never, user: 'x', database: 'x' })
const bare = make(), inst = instrument(make())
await bare.connect(); await inst.connect()
const ctx = { actor: { type: 'user' as const, id: 'user-123', name: 'Kim' }, procedure: 'orders.refund', params: { orderId: 12, amount: '9.90' }, reason: 'TICKET-42', requestId: 'r-123' }
const run = async (c: pg.Client, n: number) => { for (let i = 0; i < n; i++) await c.query('update plain set v = v + 1 where id = $1', [i]) }
const n = 24000
const modes: Record<string, () => Promise<void>> = {
  bare: () => run(bare, n), noop: () => run(inst, n),
  op: () => withOperation(ctx, () => run(inst, n)),
  'op per 4': async () => { for (let i = 0; i < n; i += 4) await withOperation(ctx, () => run(inst, 4)) },
  'op per 1': async () => { for (let i = 0; i < n; i += 1) await withOperation(ctx, () => run(inst, 1)) },
}
const acc: Record<string, number[]> = {}
for (let r = 0; r < 12; r++) for (const [k, f] of Object.entries(modes)) { const b = process.cpuUsage(); await f(); const { user, system } = process.cpuUsage(b); if (r > 2) (acc[k] ??= []).push((user + system) / n) }
for (const [k, v] of Object.entries(acc)) console.log(k.padEnd(10), v.sort((a, b) => a - b)[4]!.toFixed(2), v[0]!.toFixed(2))
process.exit()
