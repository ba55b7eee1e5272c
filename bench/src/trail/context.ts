// A full context, as an instrumented service sends it with BEGIN: who, through what, with what, why, from where.
import { timeOrderedId } from '@steward/base'

/** What a refund or a transfer of a real service says about itself. */
export const fullContext = {
  actor: { type: 'user', id: '48213', name: 'Kim Min-ji' },
  procedure: 'accounts.transfer',
  reason: 'TICKET-4821: monthly settlement',
  source: 'api',
} as const

/** `BEGIN` with a full context in the same message. Values here need no escaping. */
export function beginWithContext(params: string): string {
  const { actor, procedure, reason, source } = fullContext
  const id = timeOrderedId()
  // As the wire has it: id, parent, actor (type, id, name), procedure, params, reason, source, request, run, reverts, signature.
  const fields = [id, '', actor.type, actor.id, actor.name, procedure, params, reason, source, `req-${id}`, '', '', '']
  return `BEGIN; SET LOCAL steward.context = '${fields.join('\u001f')}'`
}
