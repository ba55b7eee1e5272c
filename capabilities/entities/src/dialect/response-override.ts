// What SQL says of the answer: `response.status` and `response.headers`, set in the transaction.
import { DialectError } from './dialect-error.ts'

/**
 * The status that SQL asked for, or null.
 *
 * @throws PGRST112 when it is none.
 * @example
 * overriddenStatus('202') // 202
 */
export function overriddenStatus(text: string | null): number | null {
  if (text === null || text === '') return null
  const status = Number(/^\d{1,9}/.exec(text)?.[0] ?? Number.NaN)
  if (!isSendableStatus(status)) throw badStatus()
  return status
}

/**
 * The headers that SQL asked for: a JSON array of objects with one key each.
 *
 * @throws PGRST111 when it is anything else.
 * @example
 * overriddenHeaders('[{"Cache-Control": "no-store"}]') // { 'Cache-Control': 'no-store' }
 */
export function overriddenHeaders(text: string | null): Record<string, string> {
  if (text === null || text === '') return {}
  const headers: Record<string, string> = {}
  for (const entry of readList(text)) {
    const [name, ...others] = typeof entry === 'object' && entry !== null ? Object.keys(entry) : []
    if (name === undefined || others.length > 0 || !areSendable(entry)) throw badHeaders()
    const value = entry[name] as string
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}

/** Whether an answer can have this status. */
export function isSendableStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599
}

/** Whether these are headers that can be sent: no line break gets into one. */
export function areSendable(headers: unknown): headers is Record<string, string> {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false
  return Object.entries(headers).every(
    ([name, value]) =>
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
      typeof value === 'string' &&
      /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value),
  )
}

function readList(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // said below
  }
  throw badHeaders()
}

function badStatus(): DialectError {
  return new DialectError({
    status: 500,
    code: 'PGRST112',
    message: 'response.status guc must be a valid status code',
  })
}

function badHeaders(): DialectError {
  return new DialectError({
    status: 500,
    code: 'PGRST111',
    message: 'response.headers guc must be a JSON array composed of objects with a single key and a string value',
  })
}
