// Puts tables under the trail and takes them off again.
import type { Queryable } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { type FoundTable, findTable, findTables } from './find-table.ts'
import { translated } from './refusal.ts'

/** How a table is tracked. What is left out stays as it is; for a table that is new to the trail, the defaults hold. */
export type TrackOptions = {
  /** `row` (default): a trigger a row. `bulk`: a trigger a statement, half the cost a row for large statements. */
  mode?: 'row' | 'bulk'
  /** What a TRUNCATE leaves: all rows up to `truncateCap` (default), a note without rows, or it is refused. */
  truncate?: 'capture' | 'note' | 'block'
  /** Rows that a TRUNCATE may take into the trail (100,000); a larger one is refused. */
  truncateCap?: number
  /** Columns that are never stored. */
  exclude?: string[]
  /** Columns of which a keyed hash is stored: one sees that they changed, not to what. */
  fingerprint?: string[]
  /** How long changes are kept, as PostgreSQL writes intervals (`2 years`); for ever if never given. */
  retention?: string
}

/** Which tables: by name, or all of a schema, or all. */
export type TrackTarget = { entities: string[] } | { all: true; schema?: string | undefined }

/** A table that is tracked now. `notes` say what cannot be had for it. */
export type TrackedTable = { entity: string; mode: 'row' | 'bulk'; key: string[]; since: string; notes: string[] }

/**
 * Puts tables under the trail: generates their triggers. Children of inherited tables come along, since a write to the
 * parent reaches their rows. Never writes to a row and never adds a column.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_UNKNOWN_ENTITY, TRAIL_REFUSED (a view, a partition, an unknown column).
 */
export async function track(
  queryable: Queryable,
  target: TrackTarget,
  options: TrackOptions = {},
): Promise<{ tracked: TrackedTable[] }> {
  return translated(async () => {
    const tables = await tablesOf(queryable, target)
    const tracked: TrackedTable[] = []
    for (const table of tables) {
      const made = await queryable.query<{ id: number }>('SELECT steward.track($1::regclass, $2::jsonb) AS id', [
        table.sql,
        JSON.stringify(options),
      ])
      const { rows } = await queryable.query<Omit<TrackedTable, 'entity' | 'notes'>>(
        `SELECT mode, key_columns AS key, to_char(tracked_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since
           FROM steward.relation WHERE id = $1`,
        [made.rows[0]?.id],
      )
      const row = rows[0] as Omit<TrackedTable, 'entity' | 'notes'>
      tracked.push({ entity: table.entity, ...row, notes: notesOf(row) })
    }
    return { tracked }
  })
}

/**
 * Takes a table off the trail. Its history stays and can be read; changes from now on leave no trace.
 *
 * @throws TRAIL_NOT_TRACKED when it was not tracked.
 */
export async function untrack(
  queryable: Queryable,
  { entity }: { entity: string },
): Promise<{ entity: string; tracked: false }> {
  return translated(async () => {
    const table = await findTable(queryable, entity)
    const { rows } = await queryable.query<{ done: boolean }>('SELECT steward.untrack($1::regclass) AS done', [
      table.sql,
    ])
    if (!rows[0]?.done) throw trailErrors.NOT_TRACKED({ entity: table.entity })
    return { entity: table.entity, tracked: false }
  })
}

async function tablesOf(queryable: Queryable, target: TrackTarget): Promise<FoundTable[]> {
  if ('all' in target) return findTables(queryable, target.schema)
  const tables: FoundTable[] = []
  for (const entity of target.entities) {
    const table = await findTable(queryable, entity)
    tables.push(table, ...(await childrenOf(queryable, table)))
  }
  return tables
}

async function childrenOf(queryable: Queryable, table: FoundTable): Promise<FoundTable[]> {
  const { rows } = await queryable.query<{ sql: string; entity: string }>(
    `WITH RECURSIVE child (oid) AS (
       SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = $1::regclass
       UNION SELECT inhrelid FROM pg_catalog.pg_inherits JOIN child ON inhparent = child.oid)
     SELECT format('%I.%I', namespace.nspname, class.relname) AS sql,
            CASE namespace.nspname WHEN 'public' THEN class.relname ELSE namespace.nspname || '.' || class.relname END AS entity
       FROM child JOIN pg_catalog.pg_class AS class USING (oid)
       JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE NOT class.relispartition ORDER BY 1`,
    [table.sql],
  )
  return rows
}

function notesOf({ key }: { key: string[] }): string[] {
  return key.length > 0 ? [] : ['no primary key: changes are recorded, but cannot be reverted by key']
}
