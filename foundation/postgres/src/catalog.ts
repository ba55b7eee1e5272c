// The catalog of a database: its tables, views, keys, types and functions, read in one statement.
import { readFileSync } from 'node:fs'
import type { Queryable } from './queryable.ts'

/** A schema-qualified name, exactly as the catalog has it. */
export type QualifiedName = { schema: string; name: string }

/** `partition` is a leaf; a partition that is itself divided is `partitioned` and has `partitionOf`. */
export type RelationKind = 'table' | 'partitioned' | 'partition' | 'view' | 'materialized' | 'foreign'

/** A column as it is declared; dropped columns are not listed, so that `attnum` may have gaps. */
export type CatalogColumn = {
  attnum: number
  name: string
  /** The type as SQL writes it, with its modifier: `numeric(10,2)`, `text[]`, `mood`. */
  type: string
  typeSchema: string
  typeName: string
  /** The type below all domains; the same as `type` for every other type. */
  baseType: string
  /** PostgreSQL's letter for the kind of type: N number, S text, D time, B boolean, A array, E enum, R range … */
  category: string
  /** Of an array: the type of its elements. */
  elementType: string | null
  notNull: boolean
  identity: 'always' | 'by default' | null
  generated: 'stored' | 'virtual' | null
  /** The default, or the expression of a generated column, as SQL. */
  default: string | null
  /** The labels in order, when the type (below domains, or of an array's elements) is an enum. */
  enumLabels: string[] | null
  /** Only when it is not the type's own. */
  collation: QualifiedName | null
  comment: string | null
}

/** A primary key or a unique key over whole columns and all rows; `name` is that of its index. */
export type CatalogKey = { name: string; columns: string[]; deferrable: boolean }

/** What happens to this row when the row that it refers to goes or changes its key. */
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

/** A foreign key: which columns refer to which, and what happens when what they refer to goes or changes. */
export type CatalogForeignKey = {
  name: string
  columns: string[]
  references: QualifiedName & { columns: string[] }
  onDelete: ReferentialAction
  onUpdate: ReferentialAction
  deferrable: boolean
  initiallyDeferred: boolean
  validated: boolean
}

/** A table or anything that can be read like one. */
export type CatalogRelation = QualifiedName & {
  oid: number
  kind: RelationKind
  owner: string
  /** PostgreSQL's estimate; null when it never counted. */
  estimatedRows: number | null
  rowSecurity: boolean
  columns: CatalogColumn[]
  primaryKey: CatalogKey | null
  uniqueKeys: CatalogKey[]
  foreignKeys: CatalogForeignKey[]
  partitionOf: QualifiedName | null
  /** The tables that inherit from it directly, or its partitions. */
  children: QualifiedName[]
  comment: string | null
}

/** An enum with its labels in their order. */
export type CatalogEnum = QualifiedName & { labels: string[]; comment: string | null }

/** A function or procedure; one that is overloaded stands there once for each list of parameters. */
export type CatalogFunction = QualifiedName & {
  kind: 'function' | 'procedure' | 'window'
  /** As SQL writes them, with names, modes and defaults. */
  arguments: string
  /** One by one, without those that only return. */
  parameters: { name: string | null; type: string; mode: 'in' | 'inout' | 'variadic'; hasDefault: boolean }[]
  /** As SQL writes it, as `SETOF orders`; null for a procedure. */
  returns: string | null
  returnsSet: boolean
  volatility: 'immutable' | 'stable' | 'volatile'
  language: string
  securityDefiner: boolean
  comment: string | null
}

/** What a database consists of; every list is sorted by schema and name. */
export type Catalog = {
  schemas: { name: string; owner: string; comment: string | null }[]
  relations: CatalogRelation[]
  enums: CatalogEnum[]
  functions: CatalogFunction[]
}

const statement = readFileSync(new URL('../sql/catalog.sql', import.meta.url), 'utf8')

/**
 * Reads what a database consists of, in one statement and so in one snapshot. PostgreSQL's own schemas, temporary
 * tables and whatever belongs to an extension are left out; `schemas` narrows it to those.
 *
 * @example
 * const { relations } = await readCatalog(pool, { schemas: ['public'] })
 * relations.find(({ name }) => name === 'orders')?.primaryKey?.columns // ['id']
 */
export async function readCatalog(queryable: Queryable, options: { schemas?: string[] } = {}): Promise<Catalog> {
  const { rows } = await queryable.query<{ catalog: string }>(statement, [options.schemas ?? null])
  return JSON.parse((rows[0] as { catalog: string }).catalog) as Catalog
}
