// The last door of the corridor: what the statement answered, as status, headers and body.
import type { WebAnswer } from '@steward/engine'
import {
  contentLocation,
  contentType,
  entityTag,
  insertLocation,
  preferenceApplied,
  profile,
  rangeText,
  type Sent,
  sent,
} from './answer-headers.ts'
import { DialectError } from './dialect-error.ts'
import type { Outcome } from './outcome.ts'
import { overriddenHeaders, overriddenStatus } from './response-override.ts'

type Made = { status: number; headers: Sent; body: string | null }

/**
 * The answer to a request whose statement has run.
 *
 * @throws PGRST103 for an offset behind the last row, PGRST111 and PGRST112 for what SQL set as headers and status.
 * @example
 * makeAnswer({ kind: 'delete', request, format, rawQuery: 'id=eq.7', isVoid: false, isResolved: false, row, total: null }).status // 204
 */
export function makeAnswer(outcome: Outcome): WebAnswer {
  const { status, headers, body } = makers[outcome.kind](outcome)
  const made = sent({ ...headers, ETag: entityTag(outcome), 'Preference-Applied': preferenceApplied(outcome) })
  const { row } = outcome
  return {
    status: overriddenStatus(row.response_status) ?? status,
    headers: withOverrides(made, overriddenHeaders(row.response_headers)),
    body,
    rows: Number(row.page),
  }
}

const makers: Record<Outcome['kind'], (outcome: Outcome) => Made> = {
  read: answerRead,
  call: answerCall,
  insert: answerInsert,
  update: answerUpdate,
  delete: answerDelete,
  put: answerPut,
}

function answerRead(outcome: Outcome): Made {
  const { request, row } = outcome
  return {
    status: pageStatus(outcome),
    headers: {
      ...bodyHeaders(outcome),
      'Content-Range': pageRange(outcome),
      'Content-Location': contentLocation(request.target, outcome.rawQuery),
    },
    body: request.method === 'HEAD' ? null : (row.body ?? ''),
  }
}

function answerCall(outcome: Outcome): Made {
  const range = { 'Content-Range': pageRange(outcome) }
  const status = pageStatus(outcome)
  if (outcome.isVoid) return { status: 204, headers: range, body: null }
  const { request, row } = outcome
  return {
    status,
    headers: { ...bodyHeaders(outcome), ...range },
    body: request.method === 'HEAD' ? null : (row.body ?? ''),
  }
}

function answerInsert(outcome: Outcome): Made {
  const { request, row } = outcome
  const { resolution } = request.preferences
  const isUpdatedAlone = row.inserted !== null && Number(row.inserted) <= 0 && resolution === 'merge-duplicates'
  const headers: Sent = {
    Location: insertLocation(request.target, row.location),
    'Content-Range': rangeText({ from: 1, to: 0, total: countedPage(outcome) }),
  }
  const status = isUpdatedAlone ? 200 : 201
  return wantsRows(outcome) ? withRows(outcome, status, headers) : { status, headers, body: null }
}

function answerUpdate(outcome: Outcome): Made {
  const page = Number(outcome.row.page)
  const headers = { 'Content-Range': rangeText({ from: 0, to: page - 1, total: countedPage(outcome) }) }
  return wantsRows(outcome) ? withRows(outcome, 200, headers) : { status: 204, headers, body: null }
}

function answerDelete(outcome: Outcome): Made {
  const headers = { 'Content-Range': rangeText({ from: 1, to: 0, total: countedPage(outcome) }) }
  return wantsRows(outcome) ? withRows(outcome, 200, headers) : { status: 204, headers, body: null }
}

function answerPut(outcome: Outcome): Made {
  if (!wantsRows(outcome)) return { status: 204, headers: {}, body: null }
  return withRows(outcome, Number(outcome.row.inserted ?? 0) > 0 ? 201 : 200, {})
}

function withRows(outcome: Outcome, status: number, headers: Sent): Made {
  return { status, headers: { ...headers, ...bodyHeaders(outcome) }, body: outcome.row.body ?? '' }
}

function wantsRows({ request }: Outcome): boolean {
  return request.preferences.return === 'representation'
}

function bodyHeaders({ format, request }: Outcome): Sent {
  return { 'Content-Type': contentType(format), 'Content-Profile': profile(request) }
}

/** Of a write the rows written are all there are. */
function countedPage({ request, row }: Outcome): number | null {
  const { count } = request.preferences
  return count === 'exact' || count === 'estimated' ? Number(row.page) : null
}

function pageRange(outcome: Outcome): string {
  const from = offsetOf(outcome)
  return rangeText({ from, to: from + Number(outcome.row.page) - 1, total: outcome.total })
}

function pageStatus(outcome: Outcome): number {
  const { total, row } = outcome
  if (total === null) return 200
  const offset = offsetOf(outcome)
  if (offset > total) throw beyondTheEnd(outcome, offset, total)
  return Number(row.page) < total ? 206 : 200
}

function offsetOf({ request }: Outcome): number {
  return request.ranges.find(({ path }) => path.length === 0)?.what.offset ?? 0
}

function beyondTheEnd(outcome: Outcome, offset: number, total: number): DialectError {
  return new DialectError({
    status: 416,
    code: 'PGRST103',
    message: 'Requested range not satisfiable',
    details: `An offset of ${offset} was requested, but there are only ${total} rows.`,
    headers: sent({ 'Content-Range': `*/${total}`, 'Preference-Applied': preferenceApplied(outcome) }),
  })
}

/** A header that SQL names stands instead of ours, whatever its capitals. */
function withOverrides(headers: Record<string, string>, overrides: Record<string, string>): Record<string, string> {
  const names = new Set(Object.keys(overrides).map((name) => name.toLowerCase()))
  const kept = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))
  return { ...Object.fromEntries(kept), ...overrides }
}
