// What the last change says of a record in one sentence: created, deleted, or one field that tells the most.
import type { ChangeFacts, MetaColumn, MetaEntity } from '@steward/sdk'

/** `column` went from `from` to `to`; `others` counts further columns that changed with it. */
type RecordState =
  | { kind: 'created' }
  | { kind: 'deleted'; column: MetaColumn | null; from: unknown }
  | { kind: 'changed'; column: MetaColumn | null; from: unknown; to: unknown; others: number }

const isState = ({ name, masked }: MetaColumn) => masked === null && /(^|_)(status|state|stage)$/i.test(name)

/**
 * What the last change made of a record.
 *
 * @example
 * stateOf({ kind: 'insert', before: null, after }, orders) // { kind: 'created' }
 */
export function stateOf(
  { kind, before, after }: Pick<ChangeFacts, 'kind' | 'before' | 'after'>,
  { columns }: Pick<MetaEntity, 'columns'>,
): RecordState {
  if (kind === 'insert') return { kind: 'created' }
  const known = before ?? {}
  if (kind === 'delete' || kind === 'truncate') {
    const column = columns.find((each) => isState(each) && known[each.name] != null) ?? null
    return { kind: 'deleted', column, from: column === null ? null : known[column.name] }
  }
  const written = Object.keys(after ?? {})
  const changed = columns.filter(({ name }) => written.includes(name)).toSorted((one, other) => rank(one) - rank(other))
  const column = changed[0] ?? null
  const of = (side: ChangeFacts['before']) => (column === null ? null : side?.[column.name])
  return { kind: 'changed', column, from: of(before), to: of(after), others: Math.max(0, written.length - 1) }
}

const importances = { high: 0, normal: 1, low: 2 }

// A state says more than a price, and when it was written is said beside it.
function rank(column: MetaColumn): number {
  const isStamp = /^(updated|modified|version)/i.test(column.name)
  const ofKind = isState(column) ? 0 : column.enum !== null ? 1 : isStamp || column.masked !== null ? 30 : 10
  return ofKind + importances[column.importance]
}
