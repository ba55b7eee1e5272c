// The places on pages that other capabilities may add to, with what each of them is told.
import type { MetaEntity, Operation, Values } from '@steward/sdk'

/** A record that a page shows. */
export type RecordSubject = {
  entity: MetaEntity
  /** The values of its key, by column. (React keeps `key` for itself.) */
  recordKey: Values
  /** Its columns now; null where it does not exist any more. */
  record: Values | null
}

/** Places by name. */
export type Places = {
  /** Beside the fields of a record: what happened to it. */
  'record.timeline': RecordSubject & {
    /** Shows the record as it was; null is now. */
    onLookBack: (then: { record: Values | null; asOf: string } | null) => void
  }
  /** Buttons at the head of a record. */
  'record.actions': RecordSubject
  /** Buttons at the head of an operation. */
  'operation.actions': { operation: Operation }
  /** Below the changes of an operation. */
  'operation.related': { operation: Operation }
  /** The left column of the home page: what waits for somebody. */
  'home.attention': Readonly<Record<never, never>>
  /** The right column of the home page: what has happened. */
  'home.recent': Readonly<Record<never, never>>
  /** What can be done with the records that are chosen in a list. */
  'list.selection': { entity: MetaEntity; keys: readonly Values[] }
}
