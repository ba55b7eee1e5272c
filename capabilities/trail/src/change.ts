// A change: one row's insert, update, delete or truncate, as the trail stores it and as readers see it.
import { parseJson } from '@steward/base'
import { z } from 'zod'
import { presentKey } from './key.ts'
import { instantSql, Operation } from './operation.ts'
import type { Relation } from './relation.ts'
import { completeUpdate } from './update-sides.ts'

const Values = z.record(z.string(), z.unknown())

/**
 * One change. An insert has the whole row in `after`, a delete in `before`; an update has only the columns that changed,
 * on both sides. A truncate is one change for each row that it took (`before`) and one without key that counts them.
 * Values are PostgreSQL's own JSON with all digits, under the names that the columns had then; `key` uses today's names
 * and is null for tables without key. `id` is a text since it may be beyond 2^53; a greater id is newer.
 *
 * @example
 * const [latest]: Change[] = await trail.history('orders', 42)
 */
export const Change = z.object({
  id: z.string(),
  kind: z.enum(['insert', 'update', 'delete', 'truncate']),
  entity: z.string(),
  key: Values.nullable(),
  before: Values.nullable(),
  after: Values.nullable(),
  at: z.string(),
  imported: z.boolean(),
  operation: Operation,
})

/** The parsed shape of a change. */
export type Change = z.infer<typeof Change>

/** The columns of a change as a reader selects them: every value is text, as PostgreSQL prints it. */
export type StoredChange = {
  id: string
  at: string
  xid: string | null
  operation_id: string
  relation_id: string
  kind: 'i' | 'u' | 'd' | 't'
  imported: 't' | 'f'
  key: string | null
  previous_key: string | null
  before: string | null
  after: string | null
  /** A JSON array, or null. */
  literal_nulls: string | null
}

const kinds = { i: 'insert', u: 'update', d: 'delete', t: 'truncate' } as const

/** The select list of {@link StoredChange}. */
export const changeColumns = (alias: string) =>
  `${alias}.id, ${instantSql(`${alias}.at`)} AS at, ${alias}.xid, ${alias}.operation_id, ${alias}.relation_id, ${alias}.kind,
   ${alias}.imported, ${alias}.key, ${alias}.previous_key, ${alias}.before, ${alias}.after,
   to_json(${alias}.literal_nulls)::text AS literal_nulls`

/** What {@link toChange} needs of a change. */
export type ShownChange = Pick<StoredChange, 'id' | 'at' | 'kind' | 'imported' | 'key' | 'before' | 'after'>

/** A stored change as readers see it. The texts of `key`, `before` and `after` survive to the last digit. */
export function toChange(stored: ShownChange, relation: Relation, operation: Operation): Change {
  return {
    id: stored.id,
    kind: kinds[stored.kind],
    entity: relation.entity,
    key: keyOf(stored.key, relation),
    ...sidesOf(stored),
    at: stored.at,
    imported: stored.imported === 't',
    operation,
  }
}

const latestKeys = new WeakMap<Relation, { text: string; key: Change['key'] }>()

// The changes of one record come one after another, with one key; what parseJson gives is frozen and may be shared.
function keyOf(text: string | null, relation: Relation): Change['key'] {
  if (text === null) return null
  const latest = latestKeys.get(relation)
  if (latest?.text === text) return latest.key
  const key = valuesOf(presentKey(relation, text))
  latestKeys.set(relation, { text, key })
  return key
}

// Most updates are complete as they are stored, and to look at the names costs less than to take the texts apart.
function sidesOf(stored: ShownChange): Pick<Change, 'before' | 'after'> {
  const before = valuesOf(stored.before)
  const after = valuesOf(stored.after)
  if (stored.kind !== 'u' || before === null || after === null || haveSameNames(before, after)) return { before, after }
  const completed = completeUpdate(stored.before as string, stored.after as string)
  return { before: valuesOf(completed.before), after: valuesOf(completed.after) }
}

function haveSameNames(one: object, other: object): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name))
}

function valuesOf(text: string | null): Change['before'] {
  return text === null ? null : (parseJson(text) as Change['before'])
}
