// Reads from the catalog what the schema cache is derived from: facts alone, in one statement and so in one snapshot.
import { readFileSync } from 'node:fs'
import type { QualifiedName, Queryable, RelationKind } from '@steward/postgres'
import type { CacheColumn, CacheFunction, CacheParameter } from './schema-cache.ts'

/** A table or view of an exposed schema; its key and relationships are derived. */
export type RelationFact = QualifiedName & {
  oid: number
  kind: RelationKind
  columns: CacheColumn[]
  comment: string | null
  isInsertable: boolean
  isUpdatable: boolean
  isDeletable: boolean
  isStamped?: boolean
  hasRowSecurity?: boolean
  keepsEveryInsert?: boolean
}

/** A primary key or unique constraint of any table, by oid and column numbers, in its own order. */
export type KeyFact = { table: number; isPrimary: boolean; columns: number[] }

/** A foreign key of any table, by oids and column numbers, in its own order. */
export type ForeignKeyFact = { name: string; table: number; columns: number[]; target: number; targetColumns: number[] }

/** A view with its query as PostgreSQL stores it, a `pg_node_tree`. */
export type ViewFact = { oid: number; query: string }

/** What a relation is made of, exposed or not; column names by number. Plain tables are left out. */
export type LineageFact = QualifiedName & {
  oid: number
  isView: boolean
  columns: Record<string, string>
  /** Columns that are computed from others of the same row. */
  generated: { column: string; from: string }[]
  /** The tables that it inherits from. */
  parents: number[]
  /** What its query names; column 0 is the relation itself. */
  reads: { oid: number; column: number }[]
  /** Its query calls functions that may read any table. */
  callsReaders: boolean
}

/** A function of an exposed schema or of the extra search path. */
export type FunctionFact = QualifiedName & {
  isExposed: boolean
  parameters: CacheParameter[]
  hasVariadic: boolean
  /** The table whose row is the only argument. */
  rowOf: QualifiedName | null
  isSet: boolean
  /** Not a set, or said to be `ROWS 1`. */
  isOneRow: boolean
  isVoid: boolean
  isComposite: boolean
  type: string
  table: QualifiedName | null
  volatility: CacheFunction['volatility']
  settings: Record<string, string>
  comment: string | null
}

/** All of them. */
export type Facts = {
  serverVersion: number
  relations: RelationFact[]
  keys: KeyFact[]
  foreignKeys: ForeignKeyFact[]
  views: ViewFact[]
  lineage: LineageFact[]
  functions: FunctionFact[]
}

const read = (name: string) => readFileSync(new URL(`../../sql/${name}.sql`, import.meta.url), 'utf8')

// Names are printed as the search path demands, and requests run with other paths than this one: with an empty path all of
// them are printed in full. The path is set before the first part is read, because the row of `pinned` comes first, and put
// back after the last, because the columns of a row are computed from left to right.
const statement = `
  WITH pinned AS MATERIALIZED (
    SELECT current_setting('search_path') AS before, set_config('search_path', '', true) AS now
  )
  SELECT
    json_build_object(
      'serverVersion', current_setting('server_version_num')::int / 10000 * 10000,
      'relations', (${read('relations')}),
      'keys', (${read('keys')}),
      'foreignKeys', (${read('foreign-keys')}),
      'views', (${read('views')}),
      'lineage', (${read('lineage')}),
      'functions', (${read('functions')})
    )::text AS facts,
    set_config('search_path', pinned.before, true) AS restored,
    pinned.now AS pinned
  FROM pinned`

/**
 * Reads the facts that concern the exposed schemas. Types and defaults name their schemas in full, so that they mean the
 * same under every `search_path`; that of the connection is left as it was.
 */
export async function readFacts(
  queryable: Queryable,
  schemas: readonly string[],
  extra: readonly string[],
): Promise<Facts> {
  const { rows } = await queryable.query<{ facts: string }>(statement, [schemas, extra])
  return JSON.parse((rows[0] as { facts: string }).facts) as Facts
}
