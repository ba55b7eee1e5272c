// Describes entities as a role sees them: everything that a page needs to draw them.

import { schemasOf, wordsOf } from '@steward/contract'
import { isPermitted, type ServiceProcedure } from '@steward/engine'
import { formatEntity, type QualifiedName } from '@steward/postgres'
import { keyOf } from '../catalog/derive-relationships.ts'
import type { CacheColumn, Relationship, SchemaCache } from '../catalog/schema-cache.ts'
import type { Standing } from '../catalog/standing.ts'
import type { EntityWords } from '../entity-words.ts'
import type { Settings } from '../options.ts'
import type { Onlooker, SeenTable } from '../visibility/see-table.ts'
import { makeSight } from '../visibility/sight.ts'
import { chooseColumns, importanceOf } from './choose-columns.ts'
import { embedName } from './embed-name.ts'
import { jsonSchemaOf } from './json-schema.ts'
import { descriptionOf, labelOf } from './label.ts'
import type { MetaColumn, MetaEntity, MetaRelationship } from './meta-shape.ts'

/** What a description is drawn from, beside the table itself. */
export type Describing = {
  onlooker: Onlooker
  settings: Pick<Settings, 'words' | 'procedures' | 'maxRows' | 'requiresReason'>
  standing: Standing
  /** The tables that are on the trail; null where it is not installed. */
  tracked: readonly QualifiedName[] | null
}

/**
 * Describes entities, each by itself.
 *
 * @example
 * const [orders] = describeEntities([seen], { onlooker, settings, standing, tracked: null })
 */
export function describeEntities(seen: readonly SeenTable[], describing: Describing): MetaEntity[] {
  const { tracked, onlooker } = describing
  const trackedNames = tracked === null ? null : new Set(tracked.map(keyOf))
  const cache = makeSight(onlooker).seen
  return seen.map((one) => describeEntity(one, { ...describing, cache, trackedNames }))
}

/** `cache` is the schema as it is seen: what is not readable or callable is not in it. */
type DescribingOne = Describing & { cache: SchemaCache; trackedNames: ReadonlySet<string> | null }

function describeEntity(seen: SeenTable, describing: DescribingOne): MetaEntity {
  const { settings, standing, cache, trackedNames } = describing
  const { table } = seen
  const entity = formatEntity(table)
  const words = wordsFor(settings.words, entity)
  const size = standing.size(table)
  const isTable = table.kind === 'table' || table.kind === 'partitioned'
  const chosen = chooseColumns(seen, { indexes: standing.indexes(table), size }, words)
  return {
    entity,
    schema: table.schema,
    name: table.name,
    kind: table.kind === 'partition' ? 'table' : table.kind,
    label: labelOf({ words: words?.label, name: table.name, comment: table.comment }),
    description: descriptionOf({ words: words?.description, comment: table.comment }),
    ...chosen,
    key: table.primaryKey,
    // How many there are beside those that are seen is not told.
    estimatedRows: seen.where.length > 0 ? null : (size?.rows ?? null),
    writes: writesOf(seen),
    requiresReason: settings.requiresReason && seen.requiresReason,
    maxRows: smaller(settings.maxRows, seen.maxRows),
    maxAffected: seen.maxAffected,
    isTracked: trackedNames === null || !isTable ? null : trackedNames.has(keyOf(table)),
    hasEtag: isTable && table.primaryKey.length > 0,
    relationships: cache.relationships(table).map((way) => describeWay(way, describing)),
    actions: actionsOf(entity, describing),
    columns: describeColumns(seen, { describing, words, title: chosen.title }),
  }
}

/** What a role may write that the table takes. */
export function writesOf({ table, writes }: SeenTable): MetaEntity['writes'] {
  const taken = { insert: table.isInsertable, update: table.isUpdatable, delete: table.isDeletable }
  return (['insert', 'update', 'delete'] as const).filter((kind) => taken[kind] && writes.has(kind))
}

/** The team's words for an entity, if there are any. */
export function wordsFor(words: Settings['words'], entity: string): EntityWords | undefined {
  return Object.hasOwn(words, entity) ? words[entity] : undefined
}

type Around = { describing: DescribingOne; words: EntityWords | undefined; title: string | null }

function describeColumns(seen: SeenTable, { describing, words, title }: Around): MetaColumn[] {
  const { table, masks } = seen
  const isWritten = writesOf(seen).some((kind) => kind !== 'delete')
  const unique = new Set(
    describing.standing.indexes(table).flatMap((one) => (one.isUnique && one.keyCount === 1 ? (one.column ?? []) : [])),
  )
  const references = referencesOf(describing.cache, table)
  return [...table.columns.values()].map((column): MetaColumn => {
    const { name, comment, isGenerated } = column
    const said = words?.columns !== undefined && Object.hasOwn(words.columns, name) ? words.columns[name] : undefined
    const masked = masks.get(name) ?? null
    return {
      name,
      label: labelOf({ words: said?.label, name, comment }),
      description: descriptionOf({ words: said?.description, comment }),
      ...shapeOf(column, masked !== null),
      isKey: table.primaryKey.includes(name),
      isUnique: unique.has(name) || (table.primaryKey.length === 1 && table.primaryKey[0] === name),
      references: references.get(name) ?? null,
      comment,
      readable: masked !== 'hidden',
      writable: isWritten && !isGenerated && masked === null,
      masked,
      importance: importanceOf(column, { key: table.primaryKey, title, words: said }),
    }
  })
}

// What a value may be is no secret, but which values there are may be one.
function shapeOf(column: CacheColumn, isMasked: boolean) {
  const { type, baseType, isNullable, isGenerated, maxLength, enumLabels } = column
  return {
    type,
    baseType,
    isNullable,
    default: isMasked ? null : column.default,
    isGenerated,
    enum: isMasked ? null : enumLabels,
    maxLength,
  }
}

function referencesOf(cache: SchemaCache, table: SeenTable['table']): Map<string, MetaColumn['references']> {
  const found = new Map<string, MetaColumn['references']>()
  for (const way of cache.relationships(table)) {
    if (way.kind !== 'many-to-one' && way.kind !== 'one-to-one') continue
    const [only] = way.columns
    const target = cache.table(way.target.schema, way.target.name)
    if (only === undefined || way.columns.length > 1 || target === null) continue
    // What a key refers to is the key of the target; the other direction of one-to-one is no reference.
    const isForward = way.kind === 'many-to-one' || !table.primaryKey.includes(only.origin)
    if (isForward && !found.has(only.origin) && target.kind !== 'view') {
      found.set(only.origin, { entity: formatEntity(target), column: only.target })
    }
  }
  return found
}

/** Its name is the one that means this way among all that there are, so that it is the same for every role. */
function describeWay(way: Relationship, { onlooker }: Describing): MetaRelationship {
  const common = { entity: formatEntity(way.target), embed: embedName(onlooker.cache, way), cardinality: way.kind }
  if (way.kind === 'computed') return { ...common, columns: [], through: null }
  if (way.kind !== 'many-to-many') {
    const columns = way.columns.map(({ origin, target }) => ({ from: origin, to: target }))
    return { ...common, columns, through: null }
  }
  const from = way.originColumns.map(({ origin, junction }) => ({ from: origin, to: junction }))
  const to = way.targetColumns.map(({ junction, target }) => ({ from: junction, to: target }))
  return { ...common, columns: [], through: { entity: formatEntity(way.junction), from, to } }
}

function actionsOf(entity: string, { settings, onlooker }: Describing): MetaEntity['actions'] {
  const own = (settings.procedures?.listed ?? []).filter((one) => one.entity === entity)
  return own.filter((one) => isOpenTo(one, onlooker)).map(describeAction)
}

/**
 * The procedures that whoever looks may perform, and that are an action of no entity that they see.
 *
 * @example
 * const actions = describeOtherActions(['orders'], { settings, onlooker })
 */
export function describeOtherActions(
  seen: readonly string[],
  { settings, onlooker }: Pick<Describing, 'settings' | 'onlooker'>,
): MetaEntity['actions'] {
  const others = (settings.procedures?.listed ?? []).filter(({ entity }) => entity === null || !seen.includes(entity))
  return others.filter((one) => isOpenTo(one, onlooker)).map(describeAction)
}

/** Whether a procedure of the service may be performed by whoever looks. */
export function isOpenTo({ promised }: ServiceProcedure, { role }: Pick<Onlooker, 'role'>): boolean {
  return role === null || isPermitted(role, wordsOf(promised).permission)
}

function describeAction({ name, promised }: ServiceProcedure): MetaEntity['actions'][number] {
  const { summary, description = null, effect } = wordsOf(promised)
  return { procedure: name, summary, description, effect, input: jsonSchemaOf(schemasOf(promised).input, 'input') }
}

function smaller(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}
