// What the dialect knows of a database: tables, how they relate, and functions. Read once, replaced as a whole.
import type { QualifiedName, RelationKind } from '@steward/postgres'
import type { Lineage } from './lineage.ts'

/** A column as the dialect needs it; `type` is as SQL writes it, so that a cast can be made of it. */
export type CacheColumn = {
  name: string
  type: string
  /** Below all domains. */
  baseType: string
  isNullable: boolean
  /** As SQL; null for none, and for generated columns. */
  default: string | null
  isGenerated: boolean
  maxLength: number | null
  enumLabels: string[] | null
  comment: string | null
  position: number
}

/** A table or view that can be asked for. Partitions are left out: their root stands for them. */
export type CacheTable = QualifiedName & {
  kind: RelationKind
  columns: ReadonlyMap<string, CacheColumn>
  /** Of a view: those of its base tables' keys, where all of them are shown. */
  primaryKey: string[]
  comment: string | null
  isInsertable: boolean
  isUpdatable: boolean
  isDeletable: boolean
  /** Its column `version` is kept by the trail's stamps: it changes with every change of a row. */
  isStamped?: boolean
  /** Policies decide which of its rows are there. */
  hasRowSecurity?: boolean
  /** A row that is inserted is there, or there is an error: nothing leaves it out silently. */
  keepsEveryInsert?: boolean
  /** What it is made of, so that masks and row filters go through views. */
  lineage: Lineage
}

type Direction = { origin: QualifiedName; target: QualifiedName; isSelf: boolean }
type Pair = { origin: string; target: string }

/** One way from a table to another. `one-to-one` is in both directions; `columns` are pairs in the order of the constraint. */
export type Relationship =
  | (Direction & { kind: 'many-to-one' | 'one-to-many' | 'one-to-one'; constraint: string; columns: Pair[] })
  | (Direction & {
      kind: 'many-to-many'
      junction: QualifiedName
      /** From the junction to the origin, and from the junction to the target. */
      constraints: [string, string]
      originColumns: { origin: string; junction: string }[]
      targetColumns: { target: string; junction: string }[]
    })
  /** A function of the row: `isToOne` when it returns one row or says `ROWS 1`. */
  | (Direction & { kind: 'computed'; function: QualifiedName; isToOne: boolean })

/** A parameter of a function; `name` is empty where it has none. */
export type CacheParameter = { name: string; type: string; isRequired: boolean; isVariadic: boolean }

export type CacheFunction = QualifiedName & {
  parameters: CacheParameter[]
  hasVariadic: boolean
  returns: {
    isSet: boolean
    isVoid: boolean
    /** Its rows have columns: a table's type, a composite, `TABLE (…)`, or OUT parameters. */
    isComposite: boolean
    type: string
    /** The table or view whose row type it is: its relationships can be embedded. */
    table: QualifiedName | null
  }
  volatility: 'immutable' | 'stable' | 'volatile'
  /** `isolation` and `statement_timeout` that the function asks for are set for the transaction. */
  settings: Record<string, string>
  comment: string | null
}

/** The whole of it, for the exposed schemas. */
export type SchemaCache = {
  table: (schema: string, name: string) => CacheTable | null
  tables: (schema: string) => CacheTable[]
  /** All overloads, in the order of the catalog. */
  functions: (schema: string, name: string) => CacheFunction[]
  functionNames: (schema: string) => string[]
  /** All ways out of a table or view. */
  relationships: (origin: QualifiedName) => Relationship[]
  /** A function whose only argument is the row of the table and that returns one value: a column that is computed. */
  computedColumns: (table: QualifiedName) => ReadonlyMap<string, { function: QualifiedName; type: string }>
  /** Major version times 10000, as the server says it. */
  serverVersion: number
}
