// Builds the schema cache: facts from the catalog, and what follows from them, in maps that requests look up.
import type { QualifiedName, Queryable } from '@steward/postgres'
import type { Settings } from '../options.ts'
import { derivePrimaryKeys, indexColumnPlaces } from './column-places.ts'
import { deriveLineages } from './derive-lineages.ts'
import { deriveRelationships, keyOf } from './derive-relationships.ts'
import { plainLineage } from './lineage.ts'
import { type Facts, type FunctionFact, readFacts } from './read-facts.ts'
import type { CacheFunction, CacheTable, SchemaCache } from './schema-cache.ts'
import { traceLineage } from './view-lineage.ts'

/**
 * Reads what can be asked for in the exposed schemas, in one statement: tables with their columns and keys, the ways between
 * them, functions, and what functions compute of rows. Functions of rows are also looked for in the extra search path.
 *
 * @example
 * const cache = await readSchemaCache(pool, { schemas: ['public'], extraSearchPath: [] })
 * cache.table('public', 'orders')?.primaryKey // ['id']
 */
export async function readSchemaCache(
  queryable: Queryable,
  settings: Pick<Settings, 'schemas' | 'extraSearchPath'>,
): Promise<SchemaCache> {
  const facts = await readFacts(queryable, settings.schemas, settings.extraSearchPath)
  return makeSchemaCache(facts, settings.extraSearchPath)
}

/** The cache that follows from the facts. */
export function makeSchemaCache(facts: Facts, extraSearchPath: readonly string[]): SchemaCache {
  const { relations, keys, functions } = facts
  const lineage = traceLineage(facts.views)
  const places = indexColumnPlaces(relations, lineage)
  const keysByOid = derivePrimaryKeys(relations, keys, lineage, places)
  const lineages = deriveLineages(facts.lineage, facts.views)
  const tables = relations.map(({ oid, columns, ...relation }): CacheTable => {
    const byName = new Map(columns.map((column) => [column.name, column]))
    const primaryKey = keysByOid.get(oid) ?? []
    return { ...relation, columns: byName, primaryKey, lineage: lineages.get(oid) ?? plainLineage(relation) }
  })
  const primaryKeys = new Map(tables.map((table) => [keyOf(table), table.primaryKey]))
  const relationships = deriveRelationships({ ...facts, places, primaryKeys })
  const computed = computedColumns(functions, extraSearchPath)
  const byName = new Map(tables.map((table) => [keyOf(table), table]))
  const bySchema = Map.groupBy(tables, ({ schema }) => schema)
  const callable = functions.filter(isCallable).map(toCacheFunction)
  const overloads = Map.groupBy(callable, keyOf)
  const functionNames = Map.groupBy(callable, ({ schema }) => schema)
  return {
    table: (schema, name) => byName.get(keyOf({ schema, name })) ?? null,
    tables: (schema) => bySchema.get(schema) ?? [],
    functions: (schema, name) => overloads.get(keyOf({ schema, name })) ?? [],
    functionNames: (schema) => [...new Set(functionNames.get(schema)?.map(({ name }) => name))],
    relationships: (origin) => relationships.get(keyOf(origin)) ?? [],
    computedColumns: (table) => computed.get(keyOf(table)) ?? new Map(),
    serverVersion: facts.serverVersion,
  }
}

// Arguments come by name. The one exception is a single parameter without a name, which takes the whole body.
function isCallable({ isExposed, parameters }: FunctionFact): boolean {
  if (!isExposed) return false
  if (parameters.every(({ name }) => name !== '')) return true
  return parameters.length === 1 && ['json', 'jsonb', 'text', 'xml', 'bytea'].includes(parameters[0]?.type as string)
}

function toCacheFunction(fact: FunctionFact): CacheFunction {
  const { schema, name, parameters, hasVariadic, volatility, settings, comment } = fact
  const { isSet, isVoid, isComposite, type, table } = fact
  const returns = { isSet, isVoid, isComposite, type, table }
  return { schema, name, parameters, hasVariadic, returns, volatility, settings, comment }
}

type ComputedColumns = Map<string, { function: QualifiedName; type: string }>

// Of two functions of one name the one counts that a request for the table would find first on its search path.
function computedColumns(functions: readonly FunctionFact[], extraSearchPath: readonly string[]) {
  const byTable = new Map<string, ComputedColumns>()
  const ofRows = functions.filter(({ rowOf, isSet, isVoid }) => rowOf && !isSet && !isVoid)
  for (const [table, list] of Map.groupBy(ofRows, ({ rowOf }) => keyOf(rowOf as QualifiedName))) {
    const path = [list[0]?.rowOf?.schema as string, ...extraSearchPath]
    const place = ({ schema }: FunctionFact) => (path.includes(schema) ? path.indexOf(schema) : path.length)
    const columns: ComputedColumns = new Map()
    for (const { schema, name, type } of list.toSorted((a, b) => place(a) - place(b))) {
      if (!columns.has(name)) columns.set(name, { function: { schema, name }, type })
    }
    byTable.set(table, columns)
  }
  return byTable
}
