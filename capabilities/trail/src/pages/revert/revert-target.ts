// What is to be taken back, as an address says it.
import { textsOf } from '@steward/ui'

/** An operation, one change of it, one record to a moment, or all operations of a procedure in a period, one after another. */
export type RevertTarget =
  | { kind: 'operation'; operation: string }
  | { kind: 'change'; change: string; operation: string | null }
  | { kind: 'record'; entity: string; key: string; to: string }
  | { kind: 'several'; procedure: string; from: string; to: string }

/** The target that stands in an address; null where it says none. */
export function targetOf(id: string | undefined, search: Readonly<Record<string, unknown>>): RevertTarget | null {
  const { change, entity, key, to, procedure, from } = textsOf(search, [
    'change',
    'entity',
    'key',
    'to',
    'procedure',
    'from',
  ])
  if (change !== undefined) return { kind: 'change', change, operation: id ?? null }
  if (id !== undefined) return { kind: 'operation', operation: id }
  if (entity !== undefined && key !== undefined && to !== undefined) return { kind: 'record', entity, key, to }
  if (procedure !== undefined && from !== undefined && to !== undefined) return { kind: 'several', procedure, from, to }
  return null
}

/** A target that one revert can do. */
export type SingleTarget = Exclude<RevertTarget, { kind: 'several' }>

/** The target as the route takes it. */
export function bodyOf(target: SingleTarget): Readonly<Record<string, string>> {
  switch (target.kind) {
    case 'operation':
      return { operation: target.operation }
    case 'change':
      return { change: target.change }
    case 'record':
      return { entity: target.entity, key: target.key, to: target.to }
  }
}
