// What an answer says, before it is said in a language: who, what to how many, when, and whether it was put back.
import { type Actor, printJson } from '@steward/base'

/** A word in both languages. */
export type Word = { en: string; ko: string }

/**
 * What customers call the records of an entity: `en` in singular or plural, `ko` with the unit in which they are counted (`건` unless
 * given). `columns` are those that may be named to them.
 *
 * @example
 * const words: EntityWords = { en: 'Orders', ko: '주문', columns: { total: { en: 'Total', ko: '금액' } } }
 */
export type EntityWords = Word & { unit?: string; columns?: Readonly<Record<string, Word>> }

/**
 * Whose doing it was: the customer's own people (`customer`), ours (`team`), a process of ours (`system`), a mistake of ours
 * (`fault`, such as a release that wrote wrong values), or nobody knows yet (`unknown`, such as a bare SQL session).
 *
 * @example
 * const cause: AnswerCause = 'fault'
 */
export type AnswerCause = 'customer' | 'team' | 'system' | 'fault' | 'unknown'

type Values = Readonly<Record<string, unknown>> | null

/**
 * From what an answer is drafted. `changes` are those of this customer's records alone: what else the operation touched is not
 * for their eyes. `putBack` says when it was reverted, `isWhole: false` where later edits were left alone; `now` and `timeZone`
 * are those of the reader.
 *
 * @example
 * const again = (material: AnswerMaterial): AnswerMaterial => ({ ...material, cause: 'fault' })
 */
export type AnswerMaterial = {
  operation: { actor: Actor; source: string; at: string; reverts?: string | null }
  changes: readonly {
    kind: 'insert' | 'update' | 'delete' | 'truncate'
    entity: string
    key: Values
    before: Values
    after: Values
  }[]
  words: Readonly<Record<string, EntityWords>>
  /** As the operation says, unless given: nobody can read in it that a release was wrong. */
  cause?: AnswerCause
  putBack: { at: string; isWhole: boolean } | null
  timeZone: string
  now: string
}

/** How many records of an entity; `words` null is what has no name for customers, `count` null all that there were. */
export type Counted = { words: EntityWords | null; count: number | null; columns: readonly Word[] }

/** What was done to which records. */
export type Deed = { kind: 'deleted' | 'changed' | 'created'; records: readonly Counted[] }

/** What an answer says. */
export type AnswerFacts = {
  cause: AnswerCause
  /** The name of the customer's own; null where there is none to be told. */
  who: string | null
  at: string
  deeds: readonly Deed[]
  isPuttingBack: boolean
  putBack: AnswerMaterial['putBack']
  timeZone: string
  now: string
}

/**
 * Whose doing an operation was, as far as it says so itself.
 *
 * @example
 * causeOf({ actor: { type: 'staff', id: 'kim' }, source: 'backoffice' }) // 'team'
 */
export function causeOf({ actor, source }: { actor: Actor; source: string }): AnswerCause {
  // A session that did not go through the service: the name that it has is the database's.
  if (source === 'sql') return 'unknown'
  if (actor.type === 'user') return 'customer'
  return actor.type === 'staff' ? 'team' : 'system'
}

/** The facts of an operation. */
export function factsOf(material: AnswerMaterial): AnswerFacts {
  const { operation, putBack, timeZone, now, cause = causeOf(operation) } = material
  return {
    cause,
    who: cause === 'customer' ? nameForCustomers(operation.actor) : null,
    at: operation.at,
    deeds: deedsOf(material),
    isPuttingBack: operation.reverts != null,
    putBack,
    timeZone,
    now,
  }
}

/** An id says nothing to them, but for an e-mail address. */
function nameForCustomers({ type, id, name }: Actor): string | null {
  if (type !== 'user') return null
  const plain = (name ?? '').replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  if (plain !== '') return [...plain].slice(0, 80).join('')
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(id) ? id : null
}

const kinds = ['deleted', 'changed', 'created'] as const

/** In what became of each record in the end: what was made and changed by the same operation was made. */
function deedsOf({ changes, words }: AnswerMaterial): Deed[] {
  const records = new Map<string, RecordChanges>()
  for (const change of changes) {
    const id = `${change.entity} ${change.key === null ? '' : printJson(change.key)}`
    const known = records.get(id) ?? { entity: change.entity, changes: [] }
    known.changes.push(change)
    records.set(id, known)
  }
  return kinds.flatMap((kind): Deed[] => {
    const touched = [...records.values()].filter((record) => kindOf(record) === kind)
    return touched.length === 0 ? [] : [{ kind, records: countRecords(touched, words) }]
  })
}

type RecordChanges = { entity: string; changes: AnswerMaterial['changes'][number][] }

function kindOf({ changes }: RecordChanges): Deed['kind'] {
  const has = (...wanted: string[]) => changes.some(({ kind }) => wanted.includes(kind))
  const isGone = has('delete', 'truncate')
  const isNew = has('insert')
  return isGone === isNew ? 'changed' : isGone ? 'deleted' : 'created'
}

/** In the order of their appearance; what has no name for customers comes last, as one. */
function countRecords(touched: readonly RecordChanges[], words: AnswerMaterial['words']): Counted[] {
  const named = (entity: string) => (Object.hasOwn(words, entity) ? (words[entity] as EntityWords) : null)
  const groups = Map.groupBy(touched, ({ entity }) => named(entity))
  const nameless = groups.get(null)
  groups.delete(null)
  return [...groups, ...(nameless === undefined ? [] : [[null, nameless] as const])].map(([word, records]) => ({
    words: word,
    count: records.some(({ changes }) => changes.some(({ kind }) => kind === 'truncate')) ? null : records.length,
    columns: word === null ? [] : columnsOf(records, word),
  }))
}

/** More than these say less than their number. */
const mostColumns = 3

/** What was changed, where all of it can be named. */
function columnsOf(records: readonly RecordChanges[], { columns = {} }: EntityWords): Word[] {
  const names = new Set<string>()
  for (const { kind, before, after } of records.flatMap(({ changes }) => changes)) {
    if (kind !== 'update' || before === null || after === null) return []
    for (const name of Object.keys(after)) {
      if (!isBookkeeping(name) && textOf(before[name]) !== textOf(after[name])) names.add(name)
    }
  }
  const all = [...names].map((name) => (Object.hasOwn(columns, name) ? (columns[name] as Word) : null))
  const known = all.filter((word) => word !== null)
  return known.length === all.length && known.length <= mostColumns ? known : []
}

/** That it was changed is said already. */
function isBookkeeping(column: string): boolean {
  return /^(updated|modified|changed)_?(at|on|date|time)$/i.test(column)
}

function textOf(value: unknown): string {
  return value === undefined ? '' : printJson(value)
}
