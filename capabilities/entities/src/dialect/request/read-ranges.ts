// Which rows are asked for: `limit` and `offset` of the root and of embeds, and the Range header.
import { DialectError } from '../dialect-error.ts'
import type { At, DialectRequest, RowRange } from '../dialect-request.ts'
import type { QueryPart } from './read-query.ts'

/** The part of a request that windows its rows. */
export type RangePart = Pick<DialectRequest, 'ranges' | 'isRanged'>

/**
 * The Range header holds for reads alone, and there it wins over the query.
 *
 * @throws PGRST103 for a window that no row can be in, PGRST114 for one on PUT
 */
export function readRanges(
  windows: QueryPart['windows'],
  web: { method: string; range: string | undefined },
): RangePart {
  const ranges = readWindows(windows)
  const root = ranges.find(({ path }) => path.length === 0)
  if (web.method === 'PUT' && root && (root.what.limit !== null || root.what.offset > 0)) throw windowOnPut()
  const header = web.method === 'GET' || web.method === 'HEAD' ? readRangeHeader(web.range) : null
  if (header === null) return { ranges, isRanged: root !== undefined }
  return { ranges: [{ path: [], what: header }, ...ranges.filter((range) => range !== root)], isRanged: true }
}

function readWindows(windows: QueryPart['windows']): At<RowRange>[] {
  const ranges = new Map<string, At<RowRange>>()
  for (const { path, word, value } of windows) {
    const number = readNumber(value)
    if (number === null) continue
    if (word === 'limit' && number < 0) throw emptyWindow('Limit should be greater than or equal to zero.')
    const key = JSON.stringify(path)
    const range = ranges.get(key) ?? { path, what: { offset: 0, limit: null } }
    if (word === 'limit') range.what.limit = number
    else range.what.offset = Math.max(0, number)
    ranges.set(key, range)
  }
  return [...ranges.values()]
}

// What is no number asks for nothing. Beyond what a number holds exactly there are no rows.
function readNumber(text: string): number | null {
  if (!/^\s*-?\d+\s*$/.test(text)) return null
  return Math.max(Math.min(Number(text), Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER)
}

function readRangeHeader(header: string | undefined): RowRange | null {
  const [, first, last] = /^(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined) return null
  const offset = readNumber(first) ?? 0
  const upper = readNumber(last ?? '')
  if (upper !== null && upper < offset) {
    throw emptyWindow('The lower boundary must be lower than or equal to the upper boundary in the Range header.')
  }
  return { offset, limit: upper === null ? null : Math.min(upper - offset + 1, Number.MAX_SAFE_INTEGER) }
}

function emptyWindow(details: string): DialectError {
  return new DialectError({ status: 416, code: 'PGRST103', message: 'Requested range not satisfiable', details })
}

function windowOnPut(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST114',
    message: 'limit/offset querystring parameters are not allowed for PUT',
  })
}
