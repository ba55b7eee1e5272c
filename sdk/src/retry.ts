// Tries a read again when the network or the server stumbles; a write only where it carries an idempotency key.

/** When to give up. */
export type Patience = {
  /** Tries after the first. */
  retries: number
  /** Milliseconds before the first of them; doubled for each further one, up to `longest`. */
  shortest?: number
  longest?: number
}

const stumbling = new Set([429, 502, 503, 504])
const longestAsked = 30_000

/**
 * `fetch` that tries again. Only GET and HEAD, and what carries an `Idempotency-Key`: of another write without an answer nobody knows
 * whether it was done. A `Retry-After` is waited for, up to 30 seconds, and 429 without one is not tried again.
 * An abort ends the waiting, too.
 */
export function withRetries(send: typeof fetch, { retries, shortest = 200, longest = 5_000 }: Patience): typeof fetch {
  return async (input, init) => {
    const method = (init?.method ?? 'GET').toUpperCase()
    const isKeyed = new Headers(init?.headers).has('Idempotency-Key')
    const isRepeatable = method === 'GET' || method === 'HEAD' || isKeyed
    for (let attempt = 0; ; attempt += 1) {
      const isLast = !isRepeatable || attempt >= retries
      const backoff = Math.min(longest, shortest * 2 ** attempt) * (0.5 + Math.random() / 2)
      try {
        const answer = await send(input, init)
        const wait = isLast ? null : isKeyed && (await isInProgress(answer)) ? backoff : waitBefore(answer, backoff)
        if (wait === null) return answer
        await answer.body?.cancel()
        await pause(wait, init?.signal)
      } catch (error) {
        if (isLast || init?.signal?.aborted === true) throw error
        await pause(backoff, init?.signal)
      }
    }
  }
}

// The first attempt is still being done: in a moment there is its answer.
async function isInProgress(answer: Response): Promise<boolean> {
  if (answer.status !== 409) return false
  const said: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  return (said as { code?: unknown } | null)?.code === 'ENTITIES_IDEMPOTENCY_IN_PROGRESS'
}

function waitBefore({ status, headers }: Response, backoff: number): number | null {
  if (!stumbling.has(status)) return null
  const asked = readRetryAfter(headers.get('retry-after'))
  if (asked === null) return status === 429 ? null : backoff
  return asked <= longestAsked ? asked : null
}

// Seconds, or an instant.
function readRetryAfter(text: string | null): number | null {
  if (text === null) return null
  const milliseconds = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds)
}

function pause(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(reasonOf(signal))
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    const stop = () => {
      clearTimeout(timer)
      reject(reasonOf(signal as AbortSignal))
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
