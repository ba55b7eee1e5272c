// The nouns of a revert: what it would write, what stands in its way, and both as the plan shows them.
import type { RevertTarget } from './revert-target.ts'
import type { Table } from './tables.ts'
import type { Values } from './values.ts'

/** A row that a revert writes. For an update `before` and `after` hold the columns it writes, else the whole row. */
export type PlanRow = {
  entity: string
  key: Record<string, unknown>
  kind: 'insert' | 'update' | 'delete'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/**
 * Why a row or a column cannot simply be put back.
 *
 * `edited`: somebody wrote the column since. `gone`: the record was deleted since. `recreated`: a record has its key
 * again. `taken`: another record holds the unique value. `parent-missing`: the record it refers to is gone.
 * `referenced`: others refer to the row that would be deleted. `not-recorded`: the column is excluded or fingerprinted,
 * or a TRUNCATE was noted without its rows. `attribute-gone`: the composite type no longer has the attribute that the
 * value holds; `skip` leaves out the value, or the row that would come back with it, `force` puts back the rest.
 * `no-key`: the table has no key.
 */
export type Conflict = {
  entity: string
  key: Record<string, unknown> | null
  column: string | null
  wrote: unknown
  now: unknown
  by: {
    id: string
    actor: { type: string; id: string; name: string | null }
    procedure: string | null
    at: string
  } | null
  reason:
    | 'edited'
    | 'gone'
    | 'recreated'
    | 'taken'
    | 'parent-missing'
    | 'referenced'
    | 'not-recorded'
    | 'attribute-gone'
    | 'no-key'
}

/** What a revert would do. It can be kept and shown; `revert` computes it anew and refuses when it no longer holds. */
export type RevertPlan = { target: RevertTarget; rows: PlanRow[]; conflicts: Conflict[] }

/** One row on its way back, with both of its whole states; `columns` are those that are written. */
export type PlannedStep = {
  table: Table
  kind: PlanRow['kind']
  /** The key under which the row stands now, and the one under which it will stand. */
  keyNow: string | null
  keyThen: string | null
  now: Values | null
  then: Values | null
  columns: string[]
}

/** A conflict that still knows what it belongs to. A `blocking` one cannot be forced: the database itself refuses. */
export type FoundConflict = Omit<Conflict, 'entity' | 'key' | 'wrote' | 'now' | 'by'> & {
  table: Table
  key: string | null
  wrote: string | null
  now: string | null
  since: bigint | null
  step: PlannedStep | null
  blocking: boolean
}

/** The plan as `revert` needs it. */
export type DetailedPlan = { steps: PlannedStep[]; conflicts: FoundConflict[]; operations: string[]; shown: RevertPlan }

export type OnConflict = 'stop' | 'skip' | 'force'
