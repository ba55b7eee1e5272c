// One onlooker's view of the whole schema: what can be named, what is seen of it, and refusals of what is not.
import { mayCall } from '@steward/engine'
import { formatEntity, type QualifiedName } from '@steward/postgres'
import type { CacheTable, Relationship, SchemaCache } from '../catalog/schema-cache.ts'
import { entitiesErrors } from '../errors.ts'
import { type Onlooker, type SeenTable, seeAbsent, seesAll, seeTable } from './see-table.ts'

/** What plans look things up in. */
export type Sight = {
  /** The schema with what is not seen left out, so that no hint can name it. */
  seen: SchemaCache
  /** All of it. */
  whole: SchemaCache
  /** Something of some entity is not shown. */
  holdsBack: boolean
  /** The name of the role; null in the pure dialect. */
  role: string | null
  see: (table: CacheTable) => SeenTable
  /** @throws ENTITIES_NOT_VISIBLE for a relation that may not be read, whether it is exposed or not. */
  demand: (name: QualifiedName) => SeenTable | null
  /** @throws ENTITIES_FUNCTION_NOT_ALLOWED */
  demandFunction: (name: QualifiedName) => void
}

/**
 * How an onlooker sees the schema, each table looked at once.
 *
 * @example
 * const { seen } = makeSight({ role, actor, cache })
 */
export function makeSight(onlooker: Onlooker): Sight {
  const { role, cache } = onlooker
  const known = new Map<CacheTable, SeenTable>()
  const see = (table: CacheTable): SeenTable => {
    const found = known.get(table) ?? seeTable(onlooker, table)
    known.set(table, found)
    return found
  }
  const calls = (name: QualifiedName) => role === null || mayCall(role, formatEntity(name))
  const holdsBack = role !== null && !seesAll(role)
  return {
    seen: role === null ? cache : visibleCache(cache, { see, calls, holdsBack }),
    whole: cache,
    holdsBack,
    role: role?.name ?? null,
    see,
    demand: (name) => {
      if (role === null) return null
      const table = cache.table(name.schema, name.name)
      if (table === null) return demandAbsent(onlooker, name)
      const found = see(table)
      if (!found.canRead) throw notVisible(onlooker, name)
      return found
    },
    demandFunction: (name) => {
      if (!calls(name)) throw entitiesErrors.FUNCTION_NOT_ALLOWED({ name: formatEntity(name), role: role?.name ?? '' })
    },
  }
}

/** Its columns are not known, so that none of them can be masked. */
function demandAbsent(onlooker: Onlooker, name: QualifiedName): null {
  if (!seeAbsent(onlooker, name)) throw notVisible(onlooker, name)
  return null
}

function notVisible({ role }: Onlooker, name: QualifiedName) {
  return entitiesErrors.NOT_VISIBLE({ entity: formatEntity(name), role: role?.name ?? '' })
}

type Eyes = Pick<Sight, 'see' | 'holdsBack'> & { calls: (name: QualifiedName) => boolean }

function visibleCache(cache: SchemaCache, { see, calls, holdsBack }: Eyes): SchemaCache {
  const isSeen = ({ schema, name }: QualifiedName) => {
    const table = cache.table(schema, name)
    return table !== null && see(table).canRead
  }
  const leads = (way: Relationship) => {
    if (!isSeen(way.target)) return false
    if (way.kind === 'computed') return !holdsBack || calls(way.function)
    return way.kind !== 'many-to-many' || isSeen(way.junction)
  }
  return {
    table: (schema, name) => (isSeen({ schema, name }) ? cache.table(schema, name) : null),
    tables: (schema) => cache.tables(schema).filter((table) => see(table).canRead),
    functions: (schema, name) => (calls({ schema, name }) ? cache.functions(schema, name) : []),
    functionNames: (schema) => cache.functionNames(schema).filter((name) => calls({ schema, name })),
    relationships: (origin) => cache.relationships(origin).filter(leads),
    computedColumns: (table) => cache.computedColumns(table),
    serverVersion: cache.serverVersion,
  }
}
