// Links to where a request can be looked up: logs, traces, errors.
import type { RequestLink } from '@steward/ui'

/** What a link is filled in with. */
export type RequestFacts = { requestId: string | null; operation: string; at: string }

const aroundMs = 5 * 60_000

/**
 * The address with its gaps filled in; null where it asks for a request id and there is none, and for whatever is no address of the
 * web. `{from}` and `{to}` are five minutes before and after, in milliseconds since 1970.
 *
 * @example
 * fillRequestLink({ label: 'Logs', url: 'https://logs.example.com/?q={requestId}' }, { requestId: 'a b', operation, at })
 * // 'https://logs.example.com/?q=a%20b'
 */
export function fillRequestLink({ url }: RequestLink, { requestId, operation, at }: RequestFacts): string | null {
  if (requestId === null && url.includes('{requestId}')) return null
  const moment = Date.parse(at)
  const gaps: Readonly<Record<string, string>> = {
    requestId: requestId ?? '',
    operation,
    from: String(moment - aroundMs),
    to: String(moment + aroundMs),
  }
  const filled = url.replaceAll(/\{(\w+)\}/g, (gap, name: string) => encodeURIComponent(gaps[name] ?? gap))
  return URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol) ? filled : null
}
