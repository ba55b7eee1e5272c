// What kind of trouble an error is, and what is known of it.
import { isStewardError } from '@steward/base'

/** The kinds of trouble that look their own way. */
export type ProblemKind = 'forbidden' | 'signed-out' | 'offline' | 'conflict' | 'missing' | 'busy' | 'failed'

/** What is known of an error, as the server said it. */
export type Problem = {
  kind: ProblemKind
  code: string | null
  message: string
  details: string | null
  hint: string | null
  status: number | null
  requestId: string | null
}

const kinds: Readonly<Record<number, ProblemKind>> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'missing',
  410: 'missing',
  412: 'conflict',
  429: 'busy',
  503: 'busy',
}

/** What did not reach the server has no answer of its. */
const unreachable = new Set(['SDK_UNREACHABLE', 'SDK_NOT_STEWARD'])

/**
 * What is known of anything that was thrown.
 *
 * @example
 * readProblem(new TypeError('Failed to fetch')).kind // 'offline'
 */
export function readProblem(error: unknown): Problem {
  if (!isStewardError(error)) return readForeign(error)
  const { code, message, details, hint, status } = error
  const { requestId = null } = error as { requestId?: string | null }
  const kind = unreachable.has(code) ? 'offline' : (kinds[status] ?? 'failed')
  return { kind, code, message, details: details ?? null, hint: hint ?? null, status, requestId }
}

function readForeign(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  // What `fetch` throws, and what a page's own part throws that could not be loaded.
  const isOffline = error instanceof TypeError && /fetch|network|load failed|import/i.test(message)
  return {
    kind: isOffline ? 'offline' : 'failed',
    message,
    code: null,
    details: null,
    hint: null,
    status: null,
    requestId: null,
  }
}

/** All of it as a text, for those who help: nothing of the page but its address. */
export function problemText(problem: Problem, address: string, at: Date): string {
  const { code, status, message, details, hint, requestId } = problem
  const lines = [
    [code ?? '', status === null ? '' : `(${status})`].join(' ').trim(),
    message,
    details,
    hint,
    requestId === null ? null : `X-Request-Id: ${requestId}`,
    address,
    at.toISOString(),
  ]
  return lines.filter((line) => line !== null && line !== '').join('\n')
}
