import { timeOrderedId, redact } from '@steward/base'
import { withOperation, beginOperation } from './context/current-operation.ts'
import { encodeContext, escapeLiteral } from './context/wire.ts'
const ctx = { actor: { type: 'user' as const, id: 'user-123', name: 'Kim' }, procedure: 'orders.refund', params: { orderId: 12, amount: '9.90' }, reason: 'TICKET-42', requestId: 'r-123' }
const { params: _, ...noParams } = ctx
const time = (name: string, f: () => unknown) => { const ts = []; for (let r = 0; r < 25; r++) { const t = performance.now(); for (let i = 0; i < 10000; i++) f(); ts.push((performance.now() - t) / 10) } console.log(name.padEnd(20), ts.sort((a, b) => a - b)[1]!.toFixed(2), 'us') }
time('id', timeOrderedId)
time('redact', () => redact(ctx.params))
time('json', () => JSON.stringify(ctx.params))
time('begin', () => beginOperation(ctx))
time('begin+carried', () => beginOperation(ctx).carried())
time('..no params', () => beginOperation(noParams).carried())
const id = timeOrderedId()
time('encode', () => encodeContext({ ...ctx, id, params: '{"a":1}' }, ''))
const text = beginOperation(ctx).carried().text
time('literal', () => escapeLiteral(text))
time('withOperation', () => withOperation(ctx, () => 1))
