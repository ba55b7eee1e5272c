// What came of a statement, and what of the plan the answer to it needs.
import type { AnswerFormat, DialectRequest } from './dialect-request.ts'
import type { RowVersion } from './plan-tree.ts'
import type { AnswerRow } from './query.ts'

/** The kinds of plan. */
export type PlanKind = 'read' | 'insert' | 'update' | 'delete' | 'put' | 'call'

/** A statement that has been answered, not yet in HTTP's words. */
export type Outcome = {
  kind: PlanKind
  request: DialectRequest
  format: AnswerFormat
  /** As the client wrote it, without `?`. */
  rawQuery: string
  /** The function returns nothing. */
  isVoid: boolean
  /** There was a key by which an upsert could tell rows apart, so that `resolution` was honoured. */
  isResolved: boolean
  /** What the ETag is made of, or null. */
  versionKind?: RowVersion | null
  row: AnswerRow
  /** All rows that match: counted, or estimated where that was asked for. */
  total: number | null
}
