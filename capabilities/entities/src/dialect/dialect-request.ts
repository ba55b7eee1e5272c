// The first door of the corridor: what a request asks for, understood before anything is known of the database.

/** `->` and `->>` behind a column; `operand` is a key, or the number of an array's element as text. */
export type JsonStep = { operator: '->' | '->>'; operand: string; isIndex: boolean }

/** A column and the way into its JSON. `name` may be `*` in `select` alone. */
export type Field = { name: string; path: JsonStep[] }

export type AggregateName = 'avg' | 'count' | 'max' | 'min' | 'sum'

/** A column of the answer. `field` is null for `count()`, which counts rows. `cast` is of the column, before the aggregate. */
export type SelectedField = {
  kind: 'field'
  field: Field | null
  alias: string | null
  cast: string | null
  aggregate: AggregateName | null
  aggregateCast: string | null
}

/** A related table in the answer; `...` is `isSpread`. `select` is empty for `relation()`. */
export type SelectedEmbed = {
  kind: 'embed'
  relation: string
  alias: string | null
  hint: string | null
  join: 'inner' | 'left' | null
  isSpread: boolean
  select: SelectItem[]
}

export type SelectItem = SelectedField | SelectedEmbed

export type ComparisonOperator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'like'
  | 'ilike'
  | 'match'
  | 'imatch'
  | 'in'
  | 'is'
  | 'isdistinct'
  | 'cs'
  | 'cd'
  | 'ov'
  | 'sl'
  | 'sr'
  | 'nxr'
  | 'nxl'
  | 'adj'
  | 'fts'
  | 'plfts'
  | 'phfts'
  | 'wfts'

/** One comparison. `values` has one text, or the members of `in` and of `any`/`all`; `*` in (i)like is already `%`. */
export type Condition = {
  kind: 'condition'
  field: Field
  isNegated: boolean
  operator: ComparisonOperator
  quantifier: 'any' | 'all' | null
  /** Of a full text search: `english`. */
  language: string | null
  values: string[]
}

/** A tree of comparisons. */
export type Logic = Condition | { kind: 'and' | 'or'; isNegated: boolean; members: Logic[] }

/** `customer(name).desc.nullslast`: `relation` is the embedded table whose column orders. */
export type OrderTerm = {
  field: Field
  relation: string | null
  direction: 'asc' | 'desc' | null
  nulls: 'first' | 'last' | null
}

/** What stands at a place of the tree of embeds: `[]` is the root, `['customer', 'country']` an embed of an embed. */
export type At<What> = { path: string[]; what: What }

/** A window of rows; `limit` null is all. */
export type RowRange = { offset: number; limit: number | null }

export type Preferences = {
  resolution: 'merge-duplicates' | 'ignore-duplicates' | null
  return: 'representation' | 'headers-only' | 'minimal' | null
  count: 'exact' | 'planned' | 'estimated' | null
  tx: 'commit' | 'rollback' | null
  missing: 'default' | 'null' | null
  handling: 'strict' | 'lenient' | null
  maxAffected: number | null
  timezone: string | null
}

export type PlanOptions = {
  /** What the answer would have been. */
  for: string
  options: ('analyze' | 'verbose' | 'settings' | 'buffers' | 'wal')[]
  format: 'json' | 'text'
}

/** `numbers=string`: bigint and numeric leave as text, to the last digit. */
type NumbersAsText = { hasTextNumbers?: boolean }

/** What the client accepts, the best first that we have. */
export type AnswerFormat =
  | ({ kind: 'json' } & NumbersAsText)
  | ({ kind: 'object'; isNullsStripped: boolean } & NumbersAsText)
  | ({ kind: 'array'; isNullsStripped: boolean } & NumbersAsText)
  | { kind: 'csv' }
  | { kind: 'geojson' }
  | { kind: 'text' }
  | { kind: 'binary' }
  | { kind: 'openapi' }
  | ({ kind: 'plan' } & PlanOptions)

/**
 * The rows to write, or the arguments of a function. `text` is JSON (CSV and forms have become JSON); `keys` are the columns
 * that it names, in the order of the first row; `isArray` tells one object from a list.
 */
export type Payload =
  | { kind: 'json'; text: string; keys: string[]; isArray: boolean; rowCount: number }
  /** For a function with one unnamed parameter, and as what it came. */
  | { kind: 'raw'; text: string; mediaType: string }

export type Target = { kind: 'entity'; name: string } | { kind: 'function'; name: string } | { kind: 'root' }

/** What is asked for; names are not known to exist yet. */
export type DialectRequest = {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS'
  schema: string
  /** The profile was named by the client, or there is more than one: the answer says `Content-Profile`. */
  isSchemaNamed: boolean
  target: Target
  select: SelectItem[]
  filters: At<Logic>[]
  order: At<OrderTerm[]>[]
  ranges: At<RowRange>[]
  /** `columns=`, or null. */
  columns: string[] | null
  onConflict: string[] | null
  /** Of GET on a function: what stands in the query and is neither reserved nor an operator's. */
  callArguments: [name: string, value: string][]
  payload: Payload | null
  preferences: Preferences
  /** Those that were understood, as `Preference-Applied` may repeat them. */
  appliedPreferences: string[]
  /** Those that were not: refused under `handling=strict`. */
  unknownPreferences: string[]
  format: AnswerFormat
  /** The window of the root was asked for with `Range` or `limit`/`offset`. */
  isRanged: boolean
  headers: Readonly<Record<string, string>>
  path: string
  /** `If-Match`: any record, or one that has one of these tags; the pure dialect knows none. */
  match?: '*' | string[]
}
