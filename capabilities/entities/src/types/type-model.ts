// What is known of a schema before its types are written: relations with typed columns, and functions with what they return.
import type { QualifiedName } from '@steward/postgres'
import { indexColumnPlaces } from '../catalog/column-places.ts'
import { keyOf, referringRelationships } from '../catalog/derive-relationships.ts'
import type { Facts, FunctionFact } from '../catalog/read-facts.ts'
import { makeSchemaCache } from '../catalog/read-schema-cache.ts'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { traceLineage } from '../catalog/view-lineage.ts'
import type { TypedName, TypeFacts } from './read-type-facts.ts'
import { byName } from './type-book.ts'

/** A column, its type without length or precision. */
export type TypedColumn = Pick<CacheColumn, 'name' | 'isNullable' | 'default' | 'isGenerated'> & {
  type: string
  /** In a view: its rows can be written, and this column, too. */
  isWritable: boolean
}

/** Where a foreign key leads; a view has those of the columns that it shows. */
export type Reference = {
  constraint: string
  columns: string[]
  isOneToOne: boolean
  target: string
  targetColumns: string[]
}

/** A table or view. */
export type TypedRelation = QualifiedName & {
  group: 'Tables' | 'Views'
  isWritable: boolean
  columns: TypedColumn[]
  /** Functions of a row that give one value. */
  computed: TypedName[]
  references: Reference[]
}

/** A function that can be called, or that embeds or computes something of a row. */
export type TypedFunction = Pick<
  FunctionFact,
  'name' | 'schema' | 'parameters' | 'rowOf' | 'isSet' | 'isOneRow' | 'isVoid' | 'isComposite' | 'type' | 'table'
> & {
  /** Of `TABLE (…)` and OUT parameters; null for other results. */
  columns: TypedName[] | null
}

/** Everything, in the order in which it is written. */
export type TypeModel = { relations: TypedRelation[]; functions: TypedFunction[] }

/** Brings together what the catalog says. */
export function makeTypeModel(facts: Facts, typeFacts: TypeFacts, extraSearchPath: readonly string[]): TypeModel {
  const cache = makeSchemaCache(facts, extraSearchPath)
  const references = referencesOf(facts)
  const columns = Map.groupBy(typeFacts.columns, ({ relation }) => relation)
  const relations = facts.relations.map((relation): TypedRelation => {
    const types = new Map(columns.get(relation.oid)?.map((column) => [column.name, column]))
    const embedded = new Set(
      cache.relationships(relation).flatMap((one) => (one.kind === 'computed' ? [one.function.name] : [])),
    )
    const own = new Set(relation.columns.map(({ name }) => name))
    const isView = relation.kind === 'view' || relation.kind === 'materialized'
    return {
      schema: relation.schema,
      name: relation.name,
      group: isView ? 'Views' : 'Tables',
      isWritable: relation.isInsertable || relation.isUpdatable,
      columns: relation.columns
        .map(({ name, isNullable, default: standard, isGenerated, type }) => {
          const { type: bare = type, isWritable = false } = types.get(name) ?? {}
          // Whatever PostgreSQL promises of a table's column, it promises nothing of a view's.
          return { name, isNullable: isNullable || isView, default: standard, isGenerated, type: bare, isWritable }
        })
        .toSorted((a, b) => byName(a.name, b.name)),
      computed: [...cache.computedColumns(relation)]
        .map(([name, { type }]) => ({ name, type }))
        .filter(({ name }) => !embedded.has(name) && !own.has(name))
        .toSorted((a, b) => byName(a.name, b.name)),
      references: references.get(keyOf(relation)) ?? [],
    }
  })
  return {
    relations: relations.toSorted((a, b) => byName(a.name, b.name)),
    functions: typedFunctions(facts, typeFacts),
  }
}

function referencesOf(facts: Facts): Map<string, Reference[]> {
  const places = indexColumnPlaces(facts.relations, traceLineage(facts.views))
  const all = referringRelationships({ ...facts, places })
    // Nothing is embedded from another schema.
    .filter(({ origin, target }) => origin.schema === target.schema)
    .map(({ origin, target, constraint, columns, kind }) => ({
      origin: keyOf(origin),
      constraint,
      columns: columns.map((pair) => pair.origin),
      isOneToOne: kind === 'one-to-one',
      target: target.name,
      targetColumns: columns.map((pair) => pair.target),
    }))
    .toSorted(
      (a, b) =>
        byName(a.constraint, b.constraint) ||
        byName(a.target, b.target) ||
        byName(JSON.stringify([a.columns, a.targetColumns]), JSON.stringify([b.columns, b.targetColumns])),
    )
  return Map.groupBy(all, ({ origin }) => origin)
}

function typedFunctions(facts: Facts, { results }: TypeFacts): TypedFunction[] {
  const columns = new Map(results.map((one) => [signatureOf(one, one.parameters), one.columns]))
  return facts.functions
    .filter((one) => one.isExposed && isNamed(one))
    .map((one) => ({
      ...one,
      columns: columns.get(signatureOf(one, typesOf(one)))?.toSorted((a, b) => byName(a.name, b.name)) ?? null,
    }))
    .toSorted((a, b) => byName(a.name, b.name) || byName(typesOf(a).join(), typesOf(b).join()))
}

// Arguments come by name, or there is one without a name, which takes the whole body or a row.
function isNamed({ parameters, rowOf }: FunctionFact): boolean {
  if (parameters.every(({ name }) => name !== '')) return true
  const [only] = parameters
  if (parameters.length !== 1 || only === undefined) return false
  return rowOf !== null || ['json', 'jsonb', 'text', 'xml', 'bytea'].includes(only.type)
}

function typesOf({ parameters }: Pick<FunctionFact, 'parameters'>): string[] {
  return parameters.map(({ type }) => type)
}

function signatureOf({ schema, name }: QualifiedName, types: readonly string[]): string {
  return JSON.stringify([schema, name, types])
}
