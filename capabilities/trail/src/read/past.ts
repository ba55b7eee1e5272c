// Reads rows as they were: the rows of now and the changes since, in one statement and so in one state; then walks back.
import { parseJson, type StewardError, splitJsonObject } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { nameToday, type Relation } from '../relation.ts'
import { completeUpdate } from '../update-sides.ts'
import type { Moment } from '../when.ts'
import { ask, type Statement } from './ask.ts'
import { type FoundInPast, recordStatement, tableStatement } from './past-statement.ts'
import { type PastRow, type UndoneChange, undo } from './undo.ts'

/** Which rows: the one with this key; or all, or those that hold these values now, each with all that changed since. */
export type Scope = { key: string } | { key: null; filter: { columns: string[]; values: (string | null)[] } | null }

/** Rows as they were, by their keys of then. `touched` are the keys that changed since. */
export type Past = { rows: Map<string, PastRow>; touched: Set<string>; isExact: boolean }

/**
 * Reads the past of one record or of many. Everything that the scope holds, and every change of it since, is in memory at
 * once.
 *
 * @throws TRAIL_NOT_TRACKED, TRAIL_NO_KEY, TRAIL_OUT_OF_STEP, TRAIL_HISTORY_UNKNOWN when a TRUNCATE was noted since
 * without its rows, or a change is missing.
 */
export async function readPast(queryable: Queryable, relation: Relation, moment: Moment, scope: Scope): Promise<Past> {
  if (!relation.isTracked) throw trailErrors.NOT_TRACKED({ entity: relation.entity })
  if (relation.keyColumns.length === 0) throw trailErrors.NO_KEY({ entity: relation.entity })
  const { statement, values } =
    scope.key === null
      ? tableStatement(relation, moment, scope.filter)
      : recordStatement(relation, moment, scope.key, await firstTouch(queryable, relation, moment, scope.key))
  const found = await askInStep<FoundInPast>(queryable, relation, statement, values)

  const rows = new Map<string, PastRow[]>()
  const changes: UndoneChange[] = []
  let isInDoubt = false
  for (const row of found) {
    if (row.what === 'row') rows.set(row.key as string, [toRow(row)])
    else if (row.what === 'doubt') isInDoubt = true
    else if (row.key !== null) changes.push(toUndone(row, relation))
    else if (isNoted(row)) {
      if (scope.key === null) throw unknownSince(relation, moment, truncatedReason)
      changes.push(toUndone(row, relation))
    }
  }
  const { isSound } = undo(rows, changes, scope.key === null ? [] : [scope.key], comparer(relation))
  return { rows: wholeRows(rows, relation, moment, scope), touched: keysOf(changes), isExact: isSound && !isInDoubt }
}

// Of a record that the operation touched the state before is known exactly: changes of one record never overlap.
async function firstTouch(
  queryable: Queryable,
  relation: Relation,
  moment: Moment,
  key: string,
): Promise<string | null> {
  if (moment.operationId === null) return null
  const [row] = await ask<{ id: string | null }>(queryable, touchStatement, [relation.id, key, moment.operationId])
  return row?.id ?? null
}

const touchStatement = {
  name: 'steward_first_touch',
  text: `SELECT min(change.id) AS id FROM steward.change
    WHERE change.operation_id = $3::uuid AND change.relation_id = $1::integer AND (change.key = $2 OR change.previous_key = $2)`,
}

/** Asks by the code of a table that may have been altered where no event trigger tells the trail. @throws TRAIL_OUT_OF_STEP */
export async function askInStep<Result extends { [Column in keyof Result]: string | null }>(
  queryable: Queryable,
  relation: Relation,
  statement: Statement,
  values: unknown[],
): Promise<Result[]> {
  try {
    return await ask<Result>(queryable, statement, values)
  } catch (error) {
    const { code, message } = (error as { cause?: { code?: string; message?: string } }).cause ?? {}
    const isStale =
      code === '42703' ||
      code === '42P01' ||
      code === '42704' ||
      (code === '42883' && /steward\.rows_/.test(message ?? ''))
    if (isStale) throw trailErrors.OUT_OF_STEP({ entity: relation.entity }, { cause: error })
    throw error
  }
}

function toRow(found: FoundInPast): PastRow {
  const literalNulls = namesOf(found.literal_nulls).map((name) => name.slice(1))
  return { values: splitJsonObject(found.before as string), literalNulls: new Set(literalNulls), isWhole: true }
}

function toUndone(found: FoundInPast, relation: Relation): UndoneChange {
  const id = BigInt(found.id as string)
  const renamed = (text: string | null) => {
    const values = new Map<string, string>()
    for (const [name, value] of text === null ? [] : splitJsonObject(text)) {
      const today = nameToday(relation, name, id)
      if (today !== null) values.set(today, value)
    }
    return values
  }
  const isUpdate = found.kind === 'u' && found.before !== null && found.after !== null
  const { before, after } = isUpdate ? completeUpdate(found.before as string, found.after as string) : found
  const signed = namesOf(found.literal_nulls).map((name) => `${name[0]}${nameToday(relation, name.slice(1), id) ?? ''}`)
  const isNote = found.key === null
  return {
    id,
    kind: found.kind as UndoneChange['kind'],
    transaction: found.xid ?? '',
    key: found.key,
    previousKey: found.previous_key,
    before: isNote ? new Map() : renamed(before),
    after: renamed(after),
    literalNulls: new Set(signed),
  }
}

// A TRUNCATE that wrote its rows down leaves a count beside them, which says nothing new.
function isNoted({ kind, before }: FoundInPast): boolean {
  return kind === 't' && (JSON.parse(before ?? '{}') as { policy?: string }).policy === 'note'
}

function namesOf(literalNulls: string | null): string[] {
  return literalNulls === null ? [] : (JSON.parse(literalNulls) as string[])
}

function keysOf(changes: readonly UndoneChange[]): Set<string> {
  return new Set(changes.flatMap(({ key, previousKey }) => [key, previousKey]).filter((key) => key !== null))
}

// The text of an old value can be told from the text of today only where neither the type nor its labels have changed.
function comparer(relation: Relation): (column: string) => boolean {
  const types = new Map<number, Set<string>>()
  for (const { attnum, type } of relation.columns) types.set(attnum, (types.get(attnum) ?? new Set()).add(type))
  const comparable = new Set(
    relation.columns
      .filter((column) => column.untilChange === null && types.get(column.attnum)?.size === 1 && column.isTextStable)
      .map(({ name }) => name),
  )
  return (column) => comparable.has(column)
}

const truncatedReason = 'A TRUNCATE has emptied the table since, and its rows were not written down.'
const missingReason = 'Not all changes since then are in the trail: rows were changed while capture was off.'

function wholeRows(
  rows: Map<string, PastRow[]>,
  relation: Relation,
  moment: Moment,
  scope: Scope,
): Map<string, PastRow> {
  const known = new Map<string, PastRow>()
  for (const [key, [row]] of rows) {
    if (row === undefined || (scope.key !== null && key !== scope.key)) continue
    if (!row.isWhole) throw unknownSince(relation, moment, row.values.size === 0 ? truncatedReason : missingReason)
    known.set(key, row)
  }
  return known
}

function unknownSince(relation: Relation, moment: Moment, reason: string): StewardError {
  return trailErrors.HISTORY_UNKNOWN({ entity: relation.entity, at: moment.at, reason })
}

/** A past row as readers see it: today's columns in their order, without those that came later. */
export function presentRow(row: PastRow, relation: Relation, moment: Moment): Readonly<Record<string, unknown>> {
  const fields: string[] = []
  for (const name of columnsAt(relation, moment)) {
    const text = row.values.get(name)
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`)
  }
  return parseJson(`{${fields.join(',')}}`) as Record<string, unknown>
}

function columnsAt(relation: Relation, moment: Moment): string[] {
  const beginning = relation.columns.reduce<bigint | null>(
    (least, { sinceChange }) => (least === null || sinceChange < least ? sinceChange : least),
    null,
  )
  const existed = new Set(
    relation.columns
      .filter((column) => column.sinceChange === beginning || column.since <= moment.at)
      .map(({ attnum }) => attnum),
  )
  return relation.columns
    .filter((column) => column.untilChange === null && existed.has(column.attnum))
    .map(({ name }) => name)
}
