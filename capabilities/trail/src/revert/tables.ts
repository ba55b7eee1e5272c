// What a revert must know of the tables it writes: columns, keys, who refers to whom, and what columns were called before.
import type { Transaction } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { readShapes, type ValueShape } from './value-shape.ts'

/** A column as it is today. */
export type Column = {
  attnum: number
  name: string
  type: string
  generated: boolean
  nullable: boolean
  /** False where the trail does not know the value: excluded or fingerprinted. */
  recorded: boolean
  shape: ValueShape
}

/** A foreign key between two tables, seen from either end; columns pair by place. */
export type ForeignKey = {
  name: string
  childOid: string
  childSql: string
  childRelationId: number | null
  childEntity: string
  parentOid: string
  parentSql: string
  columns: string[]
  referenced: string[]
  cascadesUpdates: boolean
}

/** A tracked table with all that matters for writing its rows back. */
export type Table = {
  relationId: number
  tracked: boolean
  oid: string
  entity: string
  sql: string
  isPartitioned: boolean
  keyColumns: string[]
  columns: Map<string, Column>
  stamped: Set<string>
  uniqueKeys: string[][]
  parents: ForeignKey[]
  children: ForeignKey[]
  triggers: string[]
  /** Names of the past: [attnum, name, since, until). */
  names: { attnum: number; name: string; since: bigint; until: bigint | null }[]
}

/** Reads the tables of the given relation ids. */
export async function readTables(transaction: Transaction, relationIds: number[]): Promise<Map<number, Table>> {
  const { rows } = await transaction.query<{ table: string }>(tablesStatement, [relationIds])
  const shapes = await readShapes(transaction, relationIds)
  const tables = rows.map(({ table }) => toTable(JSON.parse(table) as RawTable, shapes))
  const untracked = tables.find((table) => !table.tracked)
  if (untracked) throw trailErrors.NOT_TRACKED({ entity: untracked.entity })
  return new Map(tables.map((table) => [table.relationId, table]))
}

/** Today's name of a column that a change called `name`; undefined when it was dropped since. */
export function nameToday(table: Table, changeId: bigint, name: string): string | undefined {
  const then = table.names.find(
    (known) => known.name === name && known.since <= changeId && (known.until === null || known.until > changeId),
  )
  if (!then) return table.columns.has(name) ? name : undefined
  for (const column of table.columns.values()) if (column.attnum === then.attnum) return column.name
  return undefined
}

/** Whether two texts are the same value of a column; one of them may be from before the column was given another type. */
export function isSameValue(
  table: Table,
  column: string,
  left: string | null | undefined,
  right: string | null | undefined,
): boolean {
  if (left === right) return true
  if (left == null || right == null || table.columns.get(column)?.shape.kind === 'json') return false
  return withoutQuotes(left) === withoutQuotes(right) && (left.startsWith('"') || right.startsWith('"'))
}

function withoutQuotes(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text
}

/** Columns that a revert writes and compares: stored, recorded, not stamps. */
export function isRevertible(table: Table, name: string): boolean {
  const column = table.columns.get(name)
  return column !== undefined && !column.generated && column.recorded && !table.stamped.has(name)
}

type RawTable = Omit<Table, 'columns' | 'stamped' | 'names'> & {
  columns: (Omit<Column, 'shape'> & { typeOid: string })[]
  stamped: string[]
  names: { attnum: number; name: string; since: string; until: string | null }[]
}

function toTable(raw: RawTable, shapes: Map<string, ValueShape>): Table {
  return {
    ...raw,
    columns: new Map(
      raw.columns.map(({ typeOid, ...column }) => [
        column.name,
        { ...column, shape: shapes.get(typeOid) as ValueShape },
      ]),
    ),
    stamped: new Set(raw.stamped),
    names: raw.names.map((known) => ({
      ...known,
      since: BigInt(known.since),
      until: known.until === null ? null : BigInt(known.until),
    })),
  }
}

const tablesStatement = `
  WITH foreign_key AS (
    SELECT constraint_.conname AS name, constraint_.conrelid AS child_oid, constraint_.confrelid AS parent_oid,
           constraint_.confupdtype = 'c' AS cascades_updates,
           array(SELECT attname::text FROM unnest(constraint_.conkey) WITH ORDINALITY AS part (attnum, place)
                   JOIN pg_catalog.pg_attribute ON attrelid = constraint_.conrelid AND pg_attribute.attnum = part.attnum
                  ORDER BY place) AS columns,
           array(SELECT attname::text FROM unnest(constraint_.confkey) WITH ORDINALITY AS part (attnum, place)
                   JOIN pg_catalog.pg_attribute ON attrelid = constraint_.confrelid AND pg_attribute.attnum = part.attnum
                  ORDER BY place) AS referenced
      FROM pg_catalog.pg_constraint AS constraint_
     WHERE constraint_.contype = 'f' AND constraint_.conparentid = 0),
  described AS (
    SELECT child_oid, parent_oid, json_build_object(
             'name', name, 'childOid', child_oid::text, 'parentOid', parent_oid::text,
             'childSql', steward_sql.child, 'parentSql', steward_sql.parent, 'childRelationId', relation.id,
             'childEntity', coalesce(steward.entity_name(relation.id), child_oid::regclass::text),
             'columns', columns, 'referenced', referenced, 'cascadesUpdates', cascades_updates) AS description
      FROM foreign_key
      LEFT JOIN steward.relation ON relation.table_oid = child_oid AND relation.tracked
      CROSS JOIN LATERAL (
        SELECT (SELECT format('%I.%I', nspname, relname) FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
                 WHERE pg_class.oid = child_oid) AS child,
               (SELECT format('%I.%I', nspname, relname) FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
                 WHERE pg_class.oid = parent_oid) AS parent) AS steward_sql)
  SELECT json_build_object(
    'relationId', relation.id, 'tracked', relation.tracked, 'oid', relation.table_oid::text, 'entity', steward.entity_name(relation.id),
    'sql', format('%I.%I', relation.schema_name, relation.table_name),
    'isPartitioned', (SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = relation.table_oid),
    'keyColumns', relation.key_columns, 'stamped', relation.stamped,
    'columns', (SELECT coalesce(json_agg(json_build_object(
         'attnum', attnum, 'name', attname, 'type', format_type(atttypid, atttypmod), 'generated', attgenerated <> '', 'nullable', NOT attnotnull,
         'typeOid', atttypid::text, 'recorded', attname <> ALL (relation.excluded || relation.fingerprinted)) ORDER BY attnum), '[]')
       FROM pg_catalog.pg_attribute WHERE attrelid = relation.table_oid AND attnum > 0 AND NOT attisdropped AND attgenerated <> 'v'),
    'uniqueKeys', (SELECT coalesce(json_agg(array(
         SELECT attname::text FROM unnest((indkey::smallint[])[0:indnkeyatts - 1]) WITH ORDINALITY AS part (attnum, place)
           JOIN pg_catalog.pg_attribute ON attrelid = indrelid AND pg_attribute.attnum = part.attnum ORDER BY place)), '[]')
       FROM pg_catalog.pg_index WHERE indrelid = relation.table_oid AND indisunique AND indpred IS NULL AND indexprs IS NULL),
    'parents', (SELECT coalesce(json_agg(description), '[]') FROM described WHERE child_oid = relation.table_oid),
    'children', (SELECT coalesce(json_agg(description), '[]') FROM described WHERE parent_oid = relation.table_oid),
    'triggers', (SELECT coalesce(json_agg(tgname ORDER BY tgname), '[]') FROM pg_catalog.pg_trigger
       WHERE tgrelid = relation.table_oid AND NOT tgisinternal AND tgname !~ '^(00|zz)_steward_'),
    'names', (SELECT coalesce(json_agg(json_build_object('attnum', attnum, 'name', name, 'since', since_change::text, 'until', until_change::text)), '[]')
       FROM steward.relation_column WHERE relation_id = relation.id))::text AS table
    FROM steward.relation WHERE relation.id = ANY ($1::int[])`
