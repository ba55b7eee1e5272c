// The register of tracked tables, as readers need it: who a table is, what tells its records apart, what its columns were.
import { nearestNames } from '@steward/base'
import { type Entity, formatEntity, parseEntity, type Queryable } from '@steward/postgres'
import { trailErrors } from './errors.ts'
import { ask } from './read/ask.ts'

/** How a value of a column is written in JSON: numbers and booleans bare, everything else as a string. */
export type ColumnForm = 'number' | 'boolean' | 'text'

/** A column as it was called for the changes from `sinceChange` (inclusive) to `untilChange` (exclusive, null: today). */
export type RelationColumn = {
  attnum: number
  name: string
  type: string
  sinceChange: bigint
  untilChange: bigint | null
  /** When it came to the table (or the table to the trail): ISO 8601, UTC. */
  since: string
  /** Whether a value that nobody touched is still written as it was: not so of enums, whose labels can be renamed. */
  isTextStable: boolean
  /** Whether it holds text today, under whatever domain; false of what is gone. */
  isText: boolean
}

/** A part of the key, under today's name. */
export type KeyColumn = { name: string; type: string; form: ColumnForm }

/** A table in the register. `isTracked` is false when it has been taken off the trail or dropped: its history stays. */
export type Relation = {
  id: number
  entity: string
  isTracked: boolean
  mode: 'row' | 'bulk'
  /** Since when its changes are known without a gap: ISO 8601, UTC. */
  since: string
  sinceChange: bigint
  keyColumns: KeyColumn[]
  columns: RelationColumn[]
  excluded: string[]
  fingerprinted: string[]
  stamped: string[]
  /** Columns that are computed from others of the same row, under today's names. */
  generated: { column: string; from: string }[]
  /** The entities that it inherits from, directly or not. */
  parents: string[]
  /** Whether the key of any of its records was ever changed, or all of them were taken by a TRUNCATE. */
  hasTurns: boolean
}

type RegisterRow = {
  id: number
  schema: string
  name: string
  isTracked: boolean
  mode: 'row' | 'bulk'
  since: string
  sinceChange: string
  keyColumns: string[]
  excluded: string[]
  fingerprinted: string[]
  stamped: string[]
  generated: Relation['generated']
  parents: Entity[]
  hasTurns: boolean
  columns: {
    attnum: number
    name: string
    type: string
    category: string | null
    sinceChange: string
    untilChange: string | null
    since: string
  }[]
}

/** SQL for the tables that a row of `relation` inherits from, as JSON. */
export const parentsSql = `
    (WITH RECURSIVE above (oid) AS (
      SELECT link.inhparent FROM pg_catalog.pg_inherits AS link WHERE link.inhrelid = relation.table_oid
      UNION
      SELECT link.inhparent FROM above JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = above.oid)
    SELECT coalesce(json_agg(json_build_object('schema', namespace.nspname, 'name', class.relname)), '[]')
      FROM above JOIN pg_catalog.pg_class AS class ON class.oid = above.oid
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace)`

const registerSql = `
  json_build_object('id', relation.id, 'schema', relation.schema_name, 'name', relation.table_name,
    'isTracked', relation.tracked, 'mode', relation.mode,
    'since', to_char(relation.tracked_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'sinceChange', relation.since_change::text, 'keyColumns', relation.key_columns,
    'hasTurns', EXISTS (SELECT FROM steward.turn WHERE turn.relation_id = relation.id),
    'excluded', relation.excluded, 'fingerprinted', relation.fingerprinted, 'stamped', relation.stamped,
    'parents', ${parentsSql},
    'generated', (
      SELECT coalesce(json_agg(json_build_object('column', derived.attname, 'from', source.attname)), '[]')
        FROM pg_catalog.pg_attribute AS derived
        JOIN pg_catalog.pg_attrdef AS expression ON expression.adrelid = derived.attrelid AND expression.adnum = derived.attnum
        -- Noted of the expression since PostgreSQL 15, of the column before.
        JOIN pg_catalog.pg_depend AS noted ON noted.refobjid = derived.attrelid AND noted.refclassid = 'pg_catalog.pg_class'::regclass
         AND ((noted.classid = 'pg_catalog.pg_attrdef'::regclass AND noted.objid = expression.oid)
           OR (noted.classid = 'pg_catalog.pg_class'::regclass AND noted.objid = derived.attrelid AND noted.objsubid = derived.attnum))
        JOIN pg_catalog.pg_attribute AS source ON source.attrelid = derived.attrelid AND source.attnum = noted.refobjsubid
       WHERE derived.attrelid = relation.table_oid AND derived.attgenerated <> '' AND source.attnum <> derived.attnum),
    'columns', (
      SELECT coalesce(json_agg(json_build_object('attnum', known.attnum, 'name', known.name, 'type', known.type,
               'category', type.typcategory, 'sinceChange', known.since_change::text, 'untilChange', known.until_change::text,
               'since', to_char(known.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
             ORDER BY known.attnum, known.since_change), '[]')
        FROM steward.relation_column AS known
        LEFT JOIN pg_catalog.pg_attribute AS live ON live.attrelid = relation.table_oid AND live.attnum = known.attnum AND NOT live.attisdropped
        LEFT JOIN pg_catalog.pg_type AS type ON type.oid = live.atttypid
       WHERE known.relation_id = relation.id))::text AS register`

// By the table's oid first: between a rename and the next look at the catalog the register still has the old name.
const foundSql = (select: string, schema: string, name: string) => `
  WITH asked AS (
    SELECT coalesce(pg_partition_root(class.oid), class.oid) AS oid
      FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
     WHERE namespace.nspname = ${schema} AND class.relname = ${name} AND class.relkind IN ('r', 'p'))
  SELECT ${select}
    FROM steward.relation
   WHERE relation.table_oid = (SELECT oid FROM asked) OR (relation.schema_name = ${schema} AND relation.table_name = ${name})
   ORDER BY relation.table_oid = (SELECT oid FROM asked) DESC NULLS LAST, relation.tracked DESC, relation.id DESC
   LIMIT 1`

// The row holds the shape of the table: with it the columns, their types and the key.
const versionSql = 'concat(relation, EXISTS (SELECT FROM steward.turn WHERE turn.relation_id = relation.id))'

const findStatement = {
  name: 'steward_find_relation',
  text: foundSql(`${registerSql}, ${versionSql} AS version`, '$1', '$2'),
}

const readStatement = {
  name: 'steward_read_relations',
  text: `SELECT ${registerSql} FROM steward.relation WHERE relation.id = ANY ($1::integer[])`,
}

const namesStatement = {
  name: 'steward_table_names',
  text: `
  SELECT namespace.nspname AS schema, class.relname AS name
    FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
   WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition
     AND namespace.nspname NOT IN ('pg_catalog', 'information_schema', 'steward') AND namespace.nspname !~ '^pg_(toast|temp)'
   UNION
  SELECT schema_name, table_name FROM steward.relation`,
}

/**
 * Finds a table in the register by its entity name; a partition finds its root.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY with the nearest names, TRAIL_NOT_TRACKED for a
 * table that never was on the trail.
 * @example
 * const relation = await findRelation(pool, 'billing.orders')
 */
export async function findRelation(queryable: Queryable, entity: string): Promise<Relation> {
  return (await findVersion(queryable, entity)).relation
}

/** A table as the register knew it, and what tells whether it still does: {@link versionOfSql}. */
export type RelationVersion = { relation: Relation; version: string }

const remembered = new WeakMap<Queryable, Map<string, RelationVersion>>()

/**
 * What {@link findVersion} found last on this pool or connection. Who uses it asks in the same statement whether it still
 * holds, and is spared a round trip.
 */
export function recallVersion(queryable: Queryable, entity: string): RelationVersion | undefined {
  return remembered.get(queryable)?.get(formatEntity(parseEntity(entity)))
}

/** SQL for the version of a table in the register, of the parameters with its schema and name; null when there is none. */
export const versionOfSql = (schema: string, name: string) => `(${foundSql(versionSql, schema, name)})`

/** {@link findRelation} with the version, remembered for the pool or connection. */
export async function findVersion(queryable: Queryable, entity: string): Promise<RelationVersion> {
  const { schema, name } = parseEntity(entity)
  const wanted = formatEntity({ schema, name })
  const [found] = await ask<{ register: string; version: string }>(queryable, findStatement, [schema, name])
  if (found) {
    const known = { relation: toRelation(JSON.parse(found.register) as RegisterRow), version: found.version }
    remembered.set(queryable, (remembered.get(queryable) ?? new Map()).set(wanted, known))
    return known
  }
  const known = await ask<{ schema: string; name: string }>(queryable, namesStatement, [])
  const names = known.map((table) => formatEntity(table))
  if (names.includes(wanted)) throw trailErrors.NOT_TRACKED({ entity: wanted })
  throw trailErrors.UNKNOWN_ENTITY({ entity: wanted, nearest: nearestNames(wanted, names) })
}

/** The register's rows of these ids. */
export async function readRelations(queryable: Queryable, ids: Iterable<string>): Promise<Map<string, Relation>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await ask<{ register: string }>(queryable, readStatement, [wanted])
  const relations = rows.map(({ register }) => toRelation(JSON.parse(register) as RegisterRow))
  return new Map(relations.map((relation) => [String(relation.id), relation]))
}

/** Every name that a column with this name has ever had: history keeps the names of its time. */
export function namesOf(relation: Relation, column: string): string[] {
  const places = new Set(relation.columns.filter(({ name }) => name === column).map(({ attnum }) => attnum))
  const names = relation.columns.filter(({ attnum }) => places.has(attnum)).map(({ name }) => name)
  return [...new Set([column, ...names])]
}

/** The name that a column of a change has today; null when it is gone. */
export function nameToday(relation: Relation, name: string, change: bigint): string | null {
  const entries = relation.columns.filter((column) => column.name === name)
  const then =
    entries.find(
      (entry) => entry.sinceChange <= change && (entry.untilChange === null || change < entry.untilChange),
    ) ??
    // Imported changes, and those of a session that was in the middle of it: the nearest that bore the name.
    entries.find((entry) => entry.untilChange === null) ??
    entries[0]
  if (then === undefined) return null
  if (then.untilChange === null) return name
  return relation.columns.find((column) => column.attnum === then.attnum && column.untilChange === null)?.name ?? null
}

function toRelation(row: RegisterRow): Relation {
  return {
    id: row.id,
    entity: formatEntity({ schema: row.schema, name: row.name }),
    isTracked: row.isTracked,
    mode: row.mode,
    since: row.since,
    sinceChange: BigInt(row.sinceChange),
    keyColumns: row.keyColumns.map((name) => toKeyColumn(row, name)),
    columns: row.columns.map(({ category, ...column }) => ({
      ...column,
      isText: category === 'S' && column.type !== 'name',
      isTextStable: category !== null && !/[ACE]/.test(category),
      sinceChange: BigInt(column.sinceChange),
      untilChange: column.untilChange === null ? null : BigInt(column.untilChange),
    })),
    excluded: row.excluded,
    fingerprinted: row.fingerprinted,
    stamped: row.stamped,
    generated: row.generated,
    parents: row.parents.map(formatEntity),
    hasTurns: row.hasTurns,
  }
}

function toKeyColumn(row: RegisterRow, name: string): KeyColumn {
  const known = row.columns.findLast((column) => column.name === name)
  const type = known?.type ?? 'text'
  return { name, type, form: formOf(type, known?.category ?? null) }
}

// As the capture code writes values: the numbers of arithmetic are bare, oids and money are texts. A domain is told by its
// category, since its name says nothing.
function formOf(type: string, category: string | null): ColumnForm {
  if (/^(smallint|integer|bigint|real|double precision|numeric)\b/.test(type)) return 'number'
  if (type === 'boolean' || category === 'B') return 'boolean'
  return category === 'N' && !/^(oid|money|reg[a-z]+)$/.test(type) ? 'number' : 'text'
}
