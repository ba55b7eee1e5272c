// What changes in a database without its schema changing: how large tables are, and which indexes they have.
import { readFileSync } from 'node:fs'
import type { QualifiedName, Queryable } from '@steward/postgres'
import { keyOf } from './derive-relationships.ts'
import type { SchemaCache } from './schema-cache.ts'

/** A guess at how many rows there are (null where nobody has looked yet), and how many pages they fill. */
export type Size = { rows: number | null; pages: number }

/** An index by its first key; it has no `column` where that is an expression. */
export type TableIndex = {
  method: string
  isUnique: boolean
  isPrimary: boolean
  predicate: string | null
  keyCount: number
  column: string | null
  expression: string | null
  opclass: string
  isByteOrder: boolean | null
  /** As SQL writes it; null where values have none. */
  collation: string | null
  hasColumnCollation: boolean
}

/** Both, looked up by table. */
export type Standing = {
  size: (table: QualifiedName) => Size | null
  indexes: (table: QualifiedName) => readonly TableIndex[]
}

/** Tables that are expected to have fewer rows may be looked through. */
const fewRows = 10_000
const fewPages = 2048
// Where nobody has counted yet: a megabyte.
const fewUnknownPages = 128

/** Whether a table may be looked through from end to end. */
export function isSmall(size: Size | null): boolean {
  if (size === null) return false
  return size.rows === null ? size.pages <= fewUnknownPages : size.rows < fewRows && size.pages <= fewPages
}

const read = (name: string) => readFileSync(new URL(`../../sql/${name}.sql`, import.meta.url), 'utf8')
const sizesSql = read('standing')
const indexesSql = read('indexes')
const keptMs = 30_000
const kept = new WeakMap<SchemaCache, { standing: Promise<Standing>; until: number }>()

/**
 * The sizes and indexes of the exposed tables, at most half a minute old.
 *
 * @throws PostgreSQL's error where the catalog cannot be read; the next who asks tries again.
 * @example
 * const { size } = await standingOf(pool, cache, ['public'])
 * size({ schema: 'public', name: 'orders' })?.rows // 15
 */
export function standingOf(queryable: Queryable, cache: SchemaCache, schemas: readonly string[]): Promise<Standing> {
  const known = kept.get(cache)
  if (known !== undefined && known.until > Date.now()) return known.standing
  const standing = readStanding(queryable, schemas)
  kept.set(cache, { standing, until: Date.now() + keptMs })
  standing.catch(() => kept.delete(cache))
  return standing
}

type SizeRow = QualifiedName & { rows: string | null; isUnknown: boolean; pages: string }
type IndexRow = TableIndex & { schema: string; table: string }

async function readStanding(queryable: Queryable, schemas: readonly string[]): Promise<Standing> {
  const sizes = await queryable.query<SizeRow>(sizesSql, [schemas])
  const indexes = await queryable.query<IndexRow>(indexesSql, [schemas])
  const sizeByTable = new Map(sizes.rows.map((row) => [keyOf(row), sizeOf(row)]))
  const indexesByTable = Map.groupBy(indexes.rows, ({ schema, table }) => keyOf({ schema, name: table }))
  return {
    size: (table) => sizeByTable.get(keyOf(table)) ?? null,
    indexes: (table) => indexesByTable.get(keyOf(table)) ?? [],
  }
}

function sizeOf({ rows, isUnknown, pages }: SizeRow): Size {
  return { rows: isUnknown || rows === null ? null : Number(rows), pages: Number(pages) }
}
