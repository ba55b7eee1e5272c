// Which changes of an operation are one customer's: those of a record, and of all that hangs below it.
import { printJson } from '@steward/base'
import type { ChangeFacts, Meta, MetaEntity, Values } from '@steward/sdk'
import { keyParts, valueText } from '@steward/ui'

/** A record whose changes are meant, by the value of its key; of a key of several columns by all of them. */
export type Owner = { entity: string; key: readonly string[] }

/** A change, with the columns of its record that it did not touch, as far as they could be looked up. */
export type KnownChange = { change: ChangeFacts; rest: Values | null }

/** An owner with the number of records that are theirs. */
export type CountedOwner = Owner & { records: number }

/** More are not offered: nobody looks through them. */
const mostOwners = 200

/** A name for an owner that two of them do not share. */
export function ownerId({ entity, key }: Owner): string {
  return printJson([entity, ...key])
}

/** The owner of such a name; null where it names none. */
export function readOwnerId(id: string | null | undefined): Owner | null {
  try {
    const parts: unknown = JSON.parse(id ?? '')
    if (!Array.isArray(parts) || parts.length < 2 || !parts.every((part) => typeof part === 'string')) return null
    const [entity, ...key] = parts as [string, ...string[]]
    return { entity, key }
  } catch {
    return null
  }
}

/**
 * The changes of a record, and of what refers to it, directly or by way of other records that the operation changed.
 *
 * @example
 * changesOf({ entity: 'workspaces', key: ['7'] }, changes, meta)
 */
export function changesOf(owner: Owner, changes: readonly KnownChange[], meta: Meta): KnownChange[] {
  const entities = byName(meta)
  const owned = entities.get(owner.entity)
  const [only] = owner.key
  const reached = new Set<string>()
  const [column] = owned?.key ?? []
  if (owner.key.length === 1 && column !== undefined && only !== undefined) {
    reached.add(valueId(owner.entity, column, only))
  }
  const theirs = new Set<KnownChange>()
  for (let size = -1; size !== theirs.size; ) {
    size = theirs.size
    for (const known of changes) {
      if (theirs.has(known)) continue
      const entity = entities.get(known.change.entity)
      if (!isOwn(known, owner, entity) && !refersTo(known, entity, reached)) continue
      theirs.add(known)
      for (const id of ownValues(known, entity)) reached.add(id)
    }
  }
  return changes.filter((known) => theirs.has(known))
}

/**
 * The records that changes belong to, those with most of them first: what they refer to, and what refers to nothing itself.
 *
 * @example
 * const [first] = ownersOf(changes, meta)
 */
export function ownersOf(changes: readonly KnownChange[], meta: Meta): CountedOwner[] {
  const entities = byName(meta)
  const changed = new Set(changes.flatMap((known) => ownId(known, entities.get(known.change.entity)) ?? []))
  const counts = new Map<string, { owner: Owner; direct: number }>()
  for (const known of changes) {
    const entity = entities.get(known.change.entity)
    const above = referencesOf(known, entity).flatMap(({ target, value }) => {
      const key = entities.get(target.entity)?.key
      return key?.length === 1 && key[0] === target.column ? [{ entity: target.entity, key: [value] }] : []
    })
    const own = ownKey(known, entity)
    const owners = above.length > 0 || own === null ? above : [own]
    for (const owner of owners) {
      const id = ownerId(owner)
      if (above.length > 0 && changed.has(id)) continue
      counts.set(id, { owner, direct: (counts.get(id)?.direct ?? 0) + 1 })
    }
  }
  return [...counts.values()]
    .toSorted((one, other) => other.direct - one.direct)
    .slice(0, mostOwners)
    .map(({ owner }) => ({ ...owner, records: countRecords(changesOf(owner, changes, meta)) }))
    .toSorted((one, other) => other.records - one.records)
}

/** What a record refers to, by the values of its columns. */
export function parentsOf({ columns }: Pick<MetaEntity, 'columns'>, values: Values, meta: Meta): Owner[] {
  const entities = byName(meta)
  return columns.flatMap(({ name, references }) => {
    const value = values[name]
    if (references === null || value == null) return []
    const key = entities.get(references.entity)?.key
    return key?.length === 1 && key[0] === references.column
      ? [{ entity: references.entity, key: [valueText(value)] }]
      : []
  })
}

/** How many records changes are about: one that changed twice is one. */
export function countRecords(changes: readonly KnownChange[]): number {
  return new Set(changes.map(({ change }) => printJson([change.entity, change.key]))).size
}

/** The columns of a change's record that refer elsewhere and that the change does not say. */
export function missingReferences(
  { kind, before, after }: ChangeFacts,
  { columns }: Pick<MetaEntity, 'columns'>,
): string[] {
  if (kind !== 'update') return []
  return columns
    .filter(
      ({ name, references, readable }) => references !== null && readable && !has(before, name) && !has(after, name),
    )
    .map(({ name }) => name)
}

function byName({ entities }: Meta): Map<string, MetaEntity> {
  return new Map(entities.map((entity) => [entity.entity, entity]))
}

const has = (values: Values | null, name: string) => values !== null && Object.hasOwn(values, name)

function valuesOf({ change: { key, before, after }, rest }: KnownChange): Values[] {
  return [key, before, after, rest].filter((values) => values !== null)
}

function referencesOf(known: KnownChange, entity: MetaEntity | undefined) {
  return (entity?.columns ?? []).flatMap(({ name, references }) => {
    if (references === null) return []
    const values = valuesOf(known).flatMap((each) => (each[name] == null ? [] : [valueText(each[name])]))
    return [...new Set(values)].map((value) => ({ target: references, value }))
  })
}

function refersTo(known: KnownChange, entity: MetaEntity | undefined, reached: ReadonlySet<string>): boolean {
  return referencesOf(known, entity).some(({ target, value }) =>
    reached.has(valueId(target.entity, target.column, value)),
  )
}

function ownKey({ change }: KnownChange, entity: MetaEntity | undefined): Owner | null {
  const key = entity === undefined || change.key === null ? null : keyParts(entity.key, change.key)
  return key === null ? null : { entity: change.entity, key }
}

function ownId(known: KnownChange, entity: MetaEntity | undefined): string | null {
  const own = ownKey(known, entity)
  return own === null ? null : ownerId(own)
}

function isOwn(known: KnownChange, owner: Owner, entity: MetaEntity | undefined): boolean {
  return known.change.entity === owner.entity && ownId(known, entity) === ownerId(owner)
}

/** By what others may refer to the record of a change. */
function ownValues(known: KnownChange, entity: MetaEntity | undefined): string[] {
  const names = (entity?.columns ?? []).filter(({ isKey, isUnique }) => isKey || isUnique).map(({ name }) => name)
  return names.flatMap((name) =>
    valuesOf(known).flatMap((each) =>
      each[name] == null ? [] : [valueId(known.change.entity, name, valueText(each[name]))],
    ),
  )
}

const valueId = (entity: string, column: string, value: string) => `${entity}\n${column}\n${value}`
