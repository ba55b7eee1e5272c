// Records and their past through the eyes of a role.

import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import { type PastRecord, readAt } from '../read/at.ts'
import { type DeletedPage, type DeletedQuestion, type Deletion, readDeleted } from '../read/deleted.ts'
import { type HistoryQuestion, readHistory } from '../read/history.ts'
import { type PastTable, readTable, type TableQuestion } from '../read/table.ts'
import { resolveMoment, type When } from '../when.ts'
import { maskValues } from './mask-values.ts'
import { maskChange, operationsShownWhole, type SeenChange } from './see-operations.ts'
import { demandPlainKey, demandRelation, type SeenRelation, type Sight } from './sight.ts'
import { visibleRecords } from './visible-records.ts'

/** What happened to a record; nothing, where the role does not see it. @throws what `readHistory` throws, TRAIL_MASKED */
export async function seeHistory(sight: Sight, question: HistoryQuestion): Promise<SeenChange[]> {
  const seen = await demandRelation(sight, question.entity)
  if (!(await seesRecord(sight, seen, question.key))) return []
  const changes = await readHistory(sight.queryable, question)
  const shown = await operationsShownWhole(
    sight,
    changes.map(({ operation }) => operation.id),
  )
  return changes.map((change) => maskChange(sight, seen.relation, change, shown))
}

/** Deletions that are looked through at once for those that the role sees, and how often. */
const manyAtOnce = 1000
const mostTimes = 20

/**
 * Records that were deleted, of those that the role sees, and no more than it may have in one answer. Nothing is found by what is
 * masked; what the role does not see makes no page shorter, and does not show in `isComplete` either.
 *
 * @throws what `readDeleted` throws, TRAIL_MASKED
 */
export async function seeDeleted(
  sight: Sight,
  question: DeletedQuestion,
): Promise<{ changes: (SeenChange & { isBack: boolean })[]; isComplete: boolean }> {
  const seen = await demandRelation(sight, question.entity)
  const { relation, masks } = seen
  const masked = Object.keys(question.filter ?? {}).find((column) => masks.has(column))
  if (masked !== undefined) throw trailErrors.MASKED({ entity: relation.entity, column: masked })
  const most = Math.min(question.limit ?? 50, seen.maxRows ?? Number.POSITIVE_INFINITY)
  const { changes, isComplete } = await lookForSeen(sight, seen, { ...question, limit: most })
  const shown = await operationsShownWhole(
    sight,
    changes.map(({ operation }) => operation.id),
  )
  return {
    changes: changes.map((each) => ({ ...maskChange(sight, relation, each, shown), isBack: each.isBack })),
    isComplete,
  }
}

async function lookForSeen(
  sight: Sight,
  seen: SeenRelation,
  question: DeletedQuestion & { limit: number },
): Promise<DeletedPage> {
  const { limit: most } = question
  if (seen.where.length === 0) return readDeleted(sight.queryable, question)
  const kept: Deletion[] = []
  let { before } = question
  for (let time = 0; time < mostTimes; time += 1) {
    const { changes, isComplete } = await readDeleted(sight.queryable, { ...question, before, limit: manyAtOnce })
    const keys = await Promise.all(changes.map(({ key }) => parseKey(sight.queryable, seen.relation, key)))
    const visible = await visibleRecords(sight.queryable, seen, keys)
    kept.push(...changes.filter((_, at) => visible.has(keys[at] as string)))
    const isEnough = kept.length >= most
    // Whoever has looked through as many as there may be stops, whether something was among them or not.
    if (isEnough || isComplete || changes.length < manyAtOnce) {
      return { changes: kept.slice(0, most), isComplete: isComplete && !isEnough }
    }
    before = changes.at(-1)?.id
  }
  return { changes: kept, isComplete: false }
}

/** A record as it was; none, where the role does not see it. @throws what `readAt` throws, TRAIL_MASKED */
export async function seeAt(sight: Sight, question: { entity: string; key: unknown; when: When }): Promise<PastRecord> {
  const seen = await demandRelation(sight, question.entity)
  if (!(await seesRecord(sight, seen, question.key))) {
    const moment = await resolveMoment(sight.queryable, question.when, seen.relation)
    return { record: null, asOf: moment.at, exact: true }
  }
  const past = await readAt(sight.queryable, question)
  return { ...past, record: maskValues(past.record, seen.masks) }
}

/**
 * The records of a table as they were, of those that the role sees, and no more than it may have in one answer: `hidden`
 * counts the others.
 *
 * @throws what `readTable` throws, TRAIL_MASKED
 */
export async function seeTable(sight: Sight, question: TableQuestion): Promise<PastTable & { hidden?: number }> {
  const seen = await demandRelation(sight, question.entity)
  const { filter = {} } = question
  const { relation, masks, where } = seen
  const masked = Object.keys(filter).find((column) => masks.has(column))
  if (masked !== undefined) throw trailErrors.MASKED({ entity: relation.entity, column: masked })
  // What the role sees held these values at any time: asked for them, the database need not give all rows.
  const notKept = [...relation.excluded, ...relation.fingerprinted]
  const own = where.flatMap(({ names: [column = ''], type, values }) => {
    const isAsked = values.length === 1 && type !== null && !notKept.includes(column) && !Object.hasOwn(filter, column)
    return isAsked ? [[column, values[0]]] : []
  })
  const narrowed = { ...question, filter: { ...filter, ...Object.fromEntries(own) } }
  const keep = where.length === 0 ? null : (keys: string[]) => visibleRecords(sight.queryable, seen, keys)
  const past = await readTable(sight.queryable, narrowed, keep)
  const most = seen.maxRows ?? Number.POSITIVE_INFINITY
  const records = past.records.slice(0, most).map((record) => maskValues(record, masks))
  const hidden = past.records.length - records.length
  return { ...past, records, ...(hidden > 0 ? { hidden } : {}) }
}

async function seesRecord(sight: Sight, seen: SeenRelation, key: unknown): Promise<boolean> {
  demandPlainKey(seen)
  const keyText = await parseKey(sight.queryable, seen.relation, key)
  return (await visibleRecords(sight.queryable, seen, [keyText])).has(keyText)
}
