// A whole table as it was, or the rows that held certain values.
import { nearestNames, printJson } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { partsOf } from '../key.ts'
import { findRelation, type Relation } from '../relation.ts'
import { resolveMoment, type When } from '../when.ts'
import { ask } from './ask.ts'
import { type Past, presentRow, readPast } from './past.ts'
import type { PastRow } from './undo.ts'

/** Which table, when, and which of its rows: those that held all these values (null: SQL NULL) at that time. */
export type TableQuestion = { entity: string; when: When; filter?: Readonly<Record<string, unknown>> | undefined }

/** The records, by key; `asOf` and `exact` as in {@link PastRecord}. */
export type PastTable = { records: Readonly<Record<string, unknown>>[]; asOf: string; exact: boolean }

/**
 * Reads a table as it was. The rows of today that are looked at (all, or with a filter those that match today) and every
 * change of the table since then are held in memory at once: some 2 KB a row and a change. Filters compare by the type
 * of their column. Records that `keep` does not name by their keys are left out.
 *
 * @throws what `readAt` throws, TRAIL_UNKNOWN_COLUMN, TRAIL_COLUMN_NOT_KEPT, TRAIL_FILTER_VALUE
 * @example
 * await readTable(pool, { entity: 'orders', when: '2026-03-02T14:00+09', filter: { customer_id: 7 } })
 */
export async function readTable(
  queryable: Queryable,
  { entity, when, filter = {} }: TableQuestion,
  keep: ((keys: string[]) => Promise<ReadonlySet<string>>) | null = null,
): Promise<PastTable> {
  const relation = await findRelation(queryable, entity)
  const wanted = Object.entries(filter).map(([column, value]) => ({ column, value: filterText(value) }))
  for (const { column } of wanted) checkColumn(relation, column)
  const moment = await resolveMoment(queryable, when, relation)
  const columns = wanted.map(({ column }) => column)
  const values = wanted.map(({ value }) => value)
  const past = await explainingFilter(wanted, () =>
    readPast(queryable, relation, moment, { key: null, filter: wanted.length > 0 ? { columns, values } : null }),
  )
  for (const condition of wanted) await keepMatching(queryable, relation, past, condition)
  const kept = await keep?.([...past.rows.keys()])
  if (kept) for (const key of past.rows.keys()) if (!kept.has(key)) past.rows.delete(key)
  const records = sortedByKey(past.rows, relation).map((row) => presentRow(row, relation, moment))
  return { records, asOf: moment.at, exact: past.isExact }
}

type Wanted = { column: string; value: string | null }

function filterText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return printJson(value)
}

function checkColumn(relation: Relation, column: string): void {
  const names = relation.columns.filter((known) => known.untilChange === null).map(({ name }) => name)
  if (relation.excluded.includes(column) || relation.fingerprinted.includes(column)) {
    throw trailErrors.COLUMN_NOT_KEPT({ entity: relation.entity, column })
  }
  if (!names.includes(column)) {
    throw trailErrors.UNKNOWN_COLUMN({ entity: relation.entity, column, nearest: nearestNames(column, names) })
  }
}

const matchingStatement = {
  name: 'steward_matching_values',
  text: 'SELECT steward.matching_values($1::integer, $2, $3::json, $4) AS place',
}

// Rows that nobody touched since match as they do today; the others are compared as they were.
async function keepMatching(queryable: Queryable, relation: Relation, past: Past, wanted: Wanted): Promise<void> {
  const candidates = [...past.touched].filter((key) => past.rows.has(key))
  const texts = candidates.map((key) => textOf(past.rows.get(key) as PastRow, wanted.column))
  const matching = new Set<string>()
  if (wanted.value === null) {
    for (const [place, key] of candidates.entries()) if (texts[place] === null) matching.add(key)
  } else if (candidates.length > 0) {
    const places = await explainingFilter([wanted], () =>
      ask<{ place: string }>(queryable, matchingStatement, [
        relation.id,
        wanted.column,
        `[${texts.map((text) => text ?? 'null').join(',')}]`,
        wanted.value,
      ]),
    )
    for (const { place } of places) matching.add(candidates[Number(place) - 1] as string)
  }
  for (const key of candidates) if (!matching.has(key)) past.rows.delete(key)
}

/** The JSON text of a value; null for SQL NULL, also where the row had no such column. */
function textOf(row: PastRow, column: string): string | null {
  const text = row.values.get(column)
  return text === undefined || (text === 'null' && !row.literalNulls.has(column)) ? null : text
}

async function explainingFilter<Result>(wanted: Wanted[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = (error as { cause?: { code?: string; message?: string } }).cause ?? {}
    // Class 22: not a value of the type; 42883: a type that knows no equality.
    if (wanted.length === 0 || !code || !/^(22|42883)/.test(code)) throw error
    const column = wanted.map((condition) => condition.column).join(', ')
    const value = wanted.map((condition) => condition.value).join(', ')
    throw trailErrors.FILTER_VALUE({ column, value, reason: message ?? '' }, { cause: error })
  }
}

function sortedByKey(rows: Map<string, PastRow>, relation: Relation): PastRow[] {
  const keyed = [...rows].map(([key, row]) => ({ parts: partsOf(relation, key), row }))
  const areNumbers = relation.keyColumns.map(({ form }) => form === 'number')
  keyed.sort((one, other) => {
    for (const [place, isNumber] of areNumbers.entries()) {
      const order = compare(one.parts[place] ?? '', other.parts[place] ?? '', isNumber)
      if (order !== 0) return order
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}

function compare(one: string, other: string, areNumbers: boolean): number {
  if (one === other) return 0
  if (!areNumbers) return one < other ? -1 : 1
  if (/^-?\d+$/.test(one) && /^-?\d+$/.test(other)) return BigInt(one) < BigInt(other) ? -1 : 1
  return Number(one) - Number(other)
}
