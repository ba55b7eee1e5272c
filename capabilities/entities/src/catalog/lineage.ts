// What a relation is made of: whose columns a view shows, and from which tables a table inherits.
import type { QualifiedName } from '@steward/postgres'

/** One relation that stands in the query of a view, or that a table inherits from. */
export type LineageRead = {
  of: { lineage: Lineage; columns: ReadonlySet<string> }
  /** How often it is read; 2 where it may be more than once. */
  times: number
  /** The columns of it that the query names. */
  uses: ReadonlySet<string>
}

/** Of one relation, named as it is in the database, exposed or not. A table reads nothing. */
export type Lineage = QualifiedName & {
  reads: readonly LineageRead[]
  /** Of each column that is a column of something read, unchanged: which. */
  origins: ReadonlyMap<string, { read: LineageRead; column: string }>
  /** Columns of a table that are computed from others of the same row. */
  generated: readonly { column: string; from: string }[]
  /** One of a view's columns is computed, so that it may show anything of what is read. */
  hasComputed: boolean
  /** False for a view whose query cannot be understood, or that calls functions which may read anything. */
  isKnown: boolean
}

/** Of a table that is made of nothing else. */
export function plainLineage({ schema, name }: QualifiedName): Lineage {
  return { schema, name, reads: [], origins: new Map(), generated: [], hasComputed: false, isKnown: true }
}
