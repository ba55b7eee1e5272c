// Which operation an answer tells of, before anybody has chosen one.
import type { Change, Operation } from '@steward/sdk'

type Known = Pick<Operation, 'id' | 'at' | 'actor'> & { reverts?: unknown }

/** What an inquiry knows of operations: its subject, what was linked to it, and the latest changes of its record. */
type KnownOperations = {
  subject: string | null
  linked: readonly Known[]
  history: readonly (Pick<Change, 'kind'> & { operation: Known })[]
}

/**
 * The operation that is most likely asked about: the subject; what was linked, or what a linked revert took back; the newest that
 * changed or deleted the record by the customer's own people; the newest that did at all. Null where nothing is known.
 *
 * @example
 * pickOperation({ subject: id, linked: [], history: [] }) // id
 */
export function pickOperation({ subject, linked, history }: KnownOperations): string | null {
  const plain = linked.find(({ reverts }) => reverts == null)
  const reverting = linked.find(({ reverts }) => typeof reverts === 'string')
  const harm = history.filter(({ kind, operation }) => kind !== 'insert' && operation.reverts == null)
  const byCustomer = harm.find(({ operation }) => operation.actor.type === 'user')
  return (
    subject ??
    plain?.id ??
    (reverting === undefined ? null : String(reverting.reverts)) ??
    (byCustomer ?? harm[0] ?? history[0])?.operation.id ??
    null
  )
}

/** The latest operations of a record, each once. */
export function operationsOf(history: readonly Change[]): Operation[] {
  return [...new Map(history.map(({ operation }) => [operation.id, operation])).values()]
}
