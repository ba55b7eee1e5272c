// The second door of the corridor: what is to be read, written or called, with every name found in the database.
import type { RowCondition } from '@steward/engine'
import type { QualifiedName } from '@steward/postgres'
import type { CacheColumn, CacheFunction, CacheParameter, CacheTable, Relationship } from '../catalog/schema-cache.ts'
import type { SeenTable } from '../visibility/see-table.ts'
import type { AggregateName, AnswerFormat, Condition, DialectRequest, JsonStep, RowRange } from './dialect-request.ts'

/** A column as it is read. Unknown names stay as they are: PostgreSQL answers for them. */
export type PlannedField = {
  name: string
  path: JsonStep[]
  /** The function of the row that stands for a column that does not exist. */
  computedBy: QualifiedName | null
  /** Below domains, before the path; null where the cache does not know the column. */
  type: string | null
}

/** One place in the answer's rows. `count()` has no field. */
export type PlannedColumn =
  | { kind: 'star' }
  | {
      kind: 'field'
      field: PlannedField | null
      name: string
      cast: string | null
      aggregate: AggregateName | null
      aggregateCast: string | null
    }
  | { kind: 'embed'; embed: EmbedPlan }

/** A tree of comparisons; `presence` asks whether an embed has a row. */
export type PlannedLogic =
  | (Omit<Condition, 'field'> & { field: PlannedField })
  | { kind: 'presence'; embed: EmbedPlan; isThere: boolean }
  | { kind: 'and' | 'or'; isNegated: boolean; members: PlannedLogic[] }

/** `column` is the hidden column of the embed that orders; null for a field of the rows themselves. */
export type PlannedOrder = {
  field: PlannedField
  embed: { embed: EmbedPlan; column: string } | null
  direction: 'asc' | 'desc' | null
  nulls: 'first' | 'last' | null
}

/** Where rows come from. A `statement` is one that stands before in WITH: rows that were written, or that a function gave. */
export type RowSource =
  | { kind: 'table'; table: QualifiedName }
  | {
      kind: 'statement'
      name: 'written' | 'called'
      /** The columns that it gives; all of the table's unless given. */
      columns?: readonly string[]
    }
  | { kind: 'computed'; function: QualifiedName; origin: RowsPlan }

/** Rows to read, and what is embedded in each. */
export type RowsPlan = {
  source: RowSource
  /** The table whose rows these are; null where the function that gives them says no table. */
  type: QualifiedName | null
  /** The same as the cache has it; null when it does not. */
  table: CacheTable | null
  /** What of it is shown; null in the pure dialect, and where nobody knows the table. */
  seen: SeenTable | null
  /** Unique in the statement; the root's is the bare name, since PostgreSQL's messages repeat it. */
  alias: string
  columns: PlannedColumn[]
  where: PlannedLogic[]
  order: PlannedOrder[]
  range: RowRange
  embeds: EmbedPlan[]
  /** bigint and numeric columns leave as text. */
  hasTextNumbers?: boolean
}

/** The rows that a field is asked of. */
export type FieldRows = Pick<RowsPlan, 'table' | 'type' | 'seen'>

/** A related table within rows. */
export type EmbedPlan = {
  /** What the request calls it: its alias, or the relation. */
  key: string
  relation: string
  relationship: Relationship
  isToOne: boolean
  isSpread: boolean
  join: 'inner' | 'left'
  /** Nothing of it is in the answer. */
  isEmpty: boolean
  /** The alias of the rows around it. */
  origin: string
  /** Aliases: of the join, of the rows within a list, of the table between. */
  lateral: string
  list: string
  junction: string
  /** What is shown of the table between; null where there is none, and in the pure dialect. */
  seenJunction: SeenTable | null
  rows: RowsPlan
  /** Read beside its columns, so that the rows around it can be ordered. */
  orderFields: { column: string; field: PlannedField }[]
}

/** What changes, and what of the changed rows is needed afterwards. */
export type WritePlan = {
  table: CacheTable
  columns: CacheColumn[]
  payload: { text: string; isArray: boolean; rowCount: number }
  /** Columns that a row leaves out get their defaults. */
  hasDefaults: boolean
  conflict: { columns: string[]; resolution: 'merge-duplicates' | 'ignore-duplicates' } | null
  where: PlannedLogic[]
  /** Rows must fit it before they are written, and after. */
  rowFilter: readonly RowCondition[]
  returning: string[] | 'all'
  /** The key columns of the Location that is asked for. */
  location: string[] | null
  /** `If-Match`: a row must be there, and where a version is named have one of these. */
  match?: { version: RowVersion; values: string[] } | '*'
}

/** What changes with every change of a row: the stamp `version`, or the transaction that wrote it. */
export type RowVersion = 'version' | 'xmin'

/** A function with the arguments that it gets. */
export type CallPlan = {
  function: CacheFunction
  arguments:
    | { kind: 'values'; values: { parameter: CacheParameter; texts: string[] }[] }
    | { kind: 'json'; text: string; isArray: boolean; parameters: CacheParameter[] }
    | { kind: 'whole'; text: string; parameter: CacheParameter }
}

type PlanOf<Kind extends string, More> = {
  kind: Kind
  /** The transaction may be READ ONLY. */
  isReadOnly: boolean
  /** Of the answer; under `plan`, what is explained is the statement of `bodyFormat`. */
  format: AnswerFormat
  bodyFormat: AnswerFormat
  request: DialectRequest
  /** Nothing is kept, as `Prefer: tx=rollback` asks where that is allowed. */
  rollback: boolean
  /** Rows are sent back; without it `body` is null. */
  hasBody: boolean
  count: DialectRequest['preferences']['count']
  maxRows: number | null
  /** What is read; after a write, from the rows that were written. */
  rows: RowsPlan
  /** What the ETag of the one row is made of; of rows that are read, the comparisons that name it. */
  version?: { kind: RowVersion; table: QualifiedName; key: PlannedLogic[] }
} & More

/** All of one request. */
export type Plan =
  | PlanOf<'read', unknown>
  | PlanOf<'insert' | 'update' | 'delete' | 'put', { write: WritePlan }>
  | PlanOf<'call', { call: CallPlan }>
