// What an import writes: what is new, what differs from what is there, and what cannot be; as the fewest requests of one changeset.
import { isExactNumber, parseJson, printJson } from '@steward/base'
import type { ChangesetRequest, MetaEntity } from '@steward/sdk'
import { bodyOf, pathOf } from '../bulk/bulk-request.ts'
import { kindOf } from '../filter/column-kind.ts'
import { quoteName } from '../filter/dialect-text.ts'
import { keysFilter } from '../list/search-filter.ts'
import type { CheckedRow, ImportMode } from './check-rows.ts'

/** A record that is there already: its columns as texts. */
export type Existing = ReadonlyMap<string, Readonly<Record<string, string | null>>>

/** Why a row is not written. */
export type Refusal = 'problems' | 'noKey' | 'twice' | 'exists' | 'absent'

/** What becomes of each row. */
export type Sorted = {
  fresh: CheckedRow[]
  /** With those values alone that differ. */
  changed: { row: CheckedRow; values: Record<string, string | null> }[]
  unchanged: CheckedRow[]
  refused: { row: CheckedRow; why: Refusal }[]
}

/** Sorts the rows by what becomes of them. */
export function sortRows(
  rows: readonly CheckedRow[],
  { entity, mode, existing }: { entity: MetaEntity; mode: ImportMode; existing: Existing },
): Sorted {
  const sorted: Sorted = { fresh: [], changed: [], unchanged: [], refused: [] }
  const seen = new Set<string>()
  for (const row of rows) {
    const why = refusalOf(row, { mode, existing, seen })
    if (row.key !== null) seen.add(row.key)
    const known = row.key === null ? undefined : existing.get(row.key)
    if (why !== null) sorted.refused.push({ row, why })
    else if (known === undefined) sorted.fresh.push(row)
    else {
      const values = differing(row.values, known, entity)
      if (Object.keys(values).length === 0) sorted.unchanged.push(row)
      else sorted.changed.push({ row, values })
    }
  }
  return sorted
}

type Judging = { mode: ImportMode; existing: Existing; seen: ReadonlySet<string> }

function refusalOf({ key, problems }: CheckedRow, { mode, existing, seen }: Judging): Refusal | null {
  const isThere = key !== null && existing.has(key)
  // What is not given stays as it is where the record is there.
  if (problems.some(({ problem }) => problem !== 'missing' || !isThere)) return 'problems'
  if (key === null) return mode === 'update' ? 'noKey' : null
  if (seen.has(key)) return 'twice'
  if (mode === 'insert') return isThere ? 'exists' : null
  return mode === 'update' && !isThere ? 'absent' : null
}

function differing(
  values: CheckedRow['values'],
  known: Readonly<Record<string, string | null>>,
  { key, columns }: MetaEntity,
): Record<string, string | null> {
  const entries = Object.entries(values).filter(([name, value]) => {
    const column = columns.find((one) => one.name === name)
    return !key.includes(name) && column !== undefined && !isSame(value, known[name] ?? null, kindOf(column))
  })
  return Object.fromEntries(entries)
}

function isSame(one: string | null, other: string | null, kind: string): boolean {
  if (one === null || other === null || one === other) return one === other
  if (kind === 'number') return decimal(one) === decimal(other)
  if (kind === 'boolean') return isYes(one) === isYes(other)
  // To the microsecond a Date cannot tell: only what has none is the same by its instant.
  if (kind === 'moment' && !/\.\d{4,}/.test(one + other)) return Date.parse(one) === Date.parse(other)
  if (kind === 'json') return sorted(one) === sorted(other)
  return kind === 'uuid' && one.toLowerCase() === other.toLowerCase()
}

/** JSON whose keys have one order and whose numbers have all their digits; a text that is none stays as it is. */
function sorted(text: string): string {
  const arrange = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(arrange)
    if (typeof value !== 'object' || value === null || isExactNumber(value)) return value
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([name, member]) => [name, arrange(member)]))
  }
  try {
    return printJson(arrange(parseJson(text)))
  } catch {
    return text
  }
}

/** A number without what does not change it: `+007.50` is `7.5`. */
function decimal(text: string): string {
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === '' && rest === '' && !/^[+-]?0/.test(text)) return text
  const digits = `${whole === '' ? '0' : whole}${rest === '' ? '' : `.${rest}`}`
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}

const isYes = (text: string): boolean => /^(t|true|y|yes|on|1)$/i.test(text)

/** A request of the changeset, and the rows that it writes. */
export type ImportRequest = { request: ChangesetRequest; rows: readonly CheckedRow[] }

/** The most requests that the server takes in one changeset. */
export const mostRequests = 1000

/** The requests for what is new and what differs; records that get the same values share one. */
export function planRequests(entity: MetaEntity, { fresh, changed }: Sorted): ImportRequest[] {
  const groups = Map.groupBy(changed, ({ values }) => JSON.stringify(values))
  const changes = [...groups.values()].map((members): ImportRequest => {
    const [{ values }] = members as [Sorted['changed'][number]]
    const rows = members.map(({ row }) => row)
    return { rows, request: changeRequest(entity, rows, values) }
  })
  const size = Math.max(1, Math.ceil(fresh.length / Math.max(1, mostRequests - changes.length)))
  const chunks = Array.from({ length: Math.ceil(fresh.length / size) }, (_, at) =>
    fresh.slice(at * size, (at + 1) * size),
  )
  return [...changes, ...chunks.map((rows) => insertRequest(entity, rows))]
}

function changeRequest(
  entity: MetaEntity,
  rows: readonly CheckedRow[],
  values: Record<string, string | null>,
): ImportRequest['request'] {
  const [name, value] = keysFilter(
    entity.key,
    rows.map((row) => row.values),
  )
  return {
    method: 'PATCH',
    path: `${pathOf(entity)}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    headers: {
      'Content-Profile': entity.schema,
      Prefer: `return=minimal,count=exact,handling=strict,max-affected=${rows.length}`,
    },
    body: bodyOf(values, entity.columns),
  }
}

/** Rows as one insert; what a row leaves out gets its default. */
export function insertRequest(entity: MetaEntity, rows: readonly CheckedRow[]): ImportRequest {
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  const columns = encodeURIComponent(names.map(quoteName).join(','))
  return {
    rows,
    request: {
      method: 'POST',
      path: `${pathOf(entity)}?columns=${columns}`,
      headers: { 'Content-Profile': entity.schema, Prefer: 'return=minimal,missing=default' },
      body: rows.map(({ values }) => bodyOf(values, entity.columns)),
    },
  }
}
