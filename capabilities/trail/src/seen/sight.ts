// What somebody with a role sees of the trail: the one rule of entities, held against every table of the register.
import { type Actor, isStewardError } from '@steward/base'
import { type Performing, type Role, type Visible, visible, type WriteKind } from '@steward/engine'
import { type Entity, formatEntity, parseEntity, type Queryable, type Transaction } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { ask } from '../read/ask.ts'
import { findRelation, namesOf, parentsSql, type Relation } from '../relation.ts'
import type { ColumnMask } from './mask-values.ts'

/** A table as a role sees it. Names of columns are those of today and of every time before. */
export type SeenRelation = {
  relation: Relation
  canRead: boolean
  /** Nothing of it is held back. */
  isWhole: boolean
  writes: ReadonlySet<WriteKind>
  maxAffected: number | null
  maxRows: number | null
  masks: ReadonlyMap<string, ColumnMask>
  /** All must hold, for every value that the record is known to have had. */
  where: readonly { names: readonly string[]; type: string | null; values: readonly (string | null)[] }[]
}

/** Through whose eyes the trail is read; only for roles that something is held back from. */
export type Sight = {
  queryable: Queryable
  actor: Actor
  role: Role
  /** Of some table it sees some rows only. */
  hasFilters: boolean
  of: (relation: Relation) => SeenRelation
}

/** Who looks, and at which database. */
type Onlooker = { queryable: Queryable; actor: Actor; role: Role | null }

/** Through whose eyes a verb reads; null where nothing is held back: at the terminal, and of who sees everything. */
export function sightOf(onlooker: Onlooker): Sight | null {
  return sightUnless(onlooker, (rule) => isWhole(rule) && rule.maxRows === null)
}

/** {@link sightOf} a verb. */
export function sightOfVerb({ transaction, actor, role }: Performing): Sight | null {
  return sightOf({ queryable: transaction, actor, role })
}

/** The same of a verb that writes rows; null for those alone who may also write everything. */
export function sightOfWriter({ transaction, actor, role }: Performing): (Sight & { queryable: Transaction }) | null {
  const sight = sightUnless(
    { queryable: transaction, actor, role },
    (rule) => isWhole(rule) && rule.maxAffected === null && rule.writes.size === 3,
  )
  return sight && { ...sight, queryable: transaction }
}

function sightUnless({ queryable, actor, role }: Onlooker, isFree: (rule: Visible) => boolean): Sight | null {
  if (role === null) return null
  const rules = [...new Set([...Object.keys(role.entities), '*'])].map((name) => visible(role, name, actor))
  if (rules.every(isFree)) return null
  const known = new Map<number, SeenRelation>()
  return {
    queryable,
    actor,
    role,
    hasFilters: rules.some(({ canRead, where }) => canRead && where.length > 0),
    of: (relation) => {
      const seen = known.get(relation.id) ?? seenRelation(relation, visibleWithParents(role, relation, actor))
      known.set(relation.id, seen)
      return seen
    },
  }
}

/**
 * The table that is asked for by name. One that the role does not see is unknown, whether there is one or not; so is one
 * that goes by another name, as a partition does.
 *
 * @throws TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED of a table that the role sees
 */
export async function demandRelation(sight: Sight, entity: string): Promise<SeenRelation> {
  demandReadable(sight, entity)
  try {
    const seen = sight.of(await findRelation(sight.queryable, entity))
    if (seen.canRead) return seen
  } catch (error) {
    // Its hint would name tables that the role does not see.
    if (!isStewardError(error, 'TRAIL_UNKNOWN_ENTITY')) throw error
  }
  throw unknownEntity(entity)
}

/** Refuses an entity that the role does not see, without looking whether there is one. */
function demandReadable(sight: Sight, entity: string): void {
  if (!isReadable(sight, entity)) throw unknownEntity(entity)
}

/** A table of the register that a role sees, if only in part. */
type ReadableTable = { id: number; entity: string; hasFilter: boolean; hasMasks: boolean }

/** The tables of the register that the role sees, also those that are off the trail. */
export async function readableTables({ queryable, role, actor }: Sight): Promise<ReadableTable[]> {
  const rows = await ask<{ id: string; schema: string; name: string; parents: string }>(
    queryable,
    {
      name: 'steward_seen_register',
      text: `SELECT id, schema_name AS schema, table_name AS name, ${parentsSql} AS parents FROM steward.relation`,
    },
    [],
  )
  return rows.flatMap(({ id, schema, name, ...row }) => {
    const entity = formatEntity({ schema, name })
    const parents = (JSON.parse(row.parents) as Entity[]).map(formatEntity)
    const { canRead, where, masks } = visibleWithParents(role, { entity, parents }, actor)
    return canRead ? [{ id: Number(id), entity, hasFilter: where.length > 0, hasMasks: masks.size > 0 }] : []
  })
}

/** Names an entity in a deed; what is not there is refused without the names of what is. @throws TRAIL_UNKNOWN_ENTITY */
export async function withNamed<Result>(
  sight: Sight,
  entities: readonly string[],
  deed: () => Promise<Result>,
): Promise<Result> {
  for (const entity of entities) demandReadable(sight, entity)
  try {
    return await deed()
  } catch (error) {
    throw isStewardError(error, 'TRAIL_UNKNOWN_ENTITY') ? unknownEntity(entities.join(', ')) : error
  }
}

/** Whether the role sees an entity by this name, which may be none of the register. */
export function isReadable({ role, actor }: Sight, entity: string): boolean {
  return visible(role, formatEntity(parseEntity(entity)), actor).canRead
}

/** Records whose key is masked cannot be asked for by it: each answer would say whether the guess was right. */
export function demandPlainKey({ relation, masks }: SeenRelation): void {
  const masked = relation.keyColumns.find(({ name }) => masks.has(name))
  if (masked) throw trailErrors.MASKED({ entity: relation.entity, column: masked.name })
}

function unknownEntity(entity: string): Error {
  return trailErrors.UNKNOWN_ENTITY({ entity, nearest: [] })
}

/** As the Admin API has it: a table that inherits from others has what they have, unless its own rule is trusted. */
function visibleWithParents(
  role: Role,
  { entity, parents }: Pick<Relation, 'entity' | 'parents'>,
  actor: Actor,
): Visible {
  const own = visible(role, entity, actor)
  return own.isTrusted ? own : parents.map((parent) => visible(role, parent, actor)).reduce(strictest, own)
}

function strictest(one: Visible, other: Visible): Visible {
  const canRead = one.canRead && other.canRead
  const masks = new Map(one.masks)
  for (const [column, form] of other.masks) masks.set(column, (masks.get(column) ?? form) === form ? form : 'hidden')
  return {
    ...one,
    canRead,
    writes: new Set([...one.writes].filter((kind) => canRead && other.writes.has(kind))),
    where: [...one.where, ...other.where],
    masks,
    maxRows: smaller(one.maxRows, other.maxRows),
    maxAffected: smaller(one.maxAffected, other.maxAffected),
  }
}

function smaller(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

function isWhole({ canRead, where, masks }: Visible): boolean {
  return canRead && where.length === 0 && masks.size === 0
}

function seenRelation(relation: Relation, rule: Visible): SeenRelation {
  const masks = new Map<string, ColumnMask>()
  for (const [column, form] of rule.masks) {
    const live = relation.columns.find(({ name, untilChange }) => name === column && untilChange === null)
    const isText = live?.isText === true
    // A name that several columns have had is masked for all of them, in the stricter form.
    for (const name of namesOf(relation, column)) {
      const isStricter = form === 'hidden' || !isText || !masks.has(name)
      if (isStricter) masks.set(name, isText ? form : 'hidden')
    }
  }
  // As the Admin API has it: what is computed from a masked column of the same row is not seen at all.
  for (const { column, from } of relation.generated) {
    if (!masks.has(from) || masks.has(column)) continue
    for (const name of namesOf(relation, column)) masks.set(name, 'hidden')
  }
  const where = rule.where.map(({ column, values }) => ({
    names: [column, ...namesOf(relation, column).filter((name) => name !== column)],
    type: relation.columns.find(({ name, untilChange }) => name === column && untilChange === null)?.type ?? null,
    values,
  }))
  const { canRead, writes, maxAffected, maxRows } = rule
  return { relation, canRead, isWhole: isWhole(rule), writes, maxAffected, maxRows, masks, where }
}
