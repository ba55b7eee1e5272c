// Listens to what pages ask of the API: whether they had anything counted to be drawn, and whether they are done asking.
import { setTimeout as wait } from 'node:timers/promises'
import type { OpenedPage } from '@steward/tools/browser'

/** What was asked. */
export type WatchedRequests = {
  /** How many requests there were. */
  count: () => number
  /** Addresses that had every matching row counted, which nobody may do to draw a page. */
  counting: string[]
  /** Until nothing is on its way any more, or the patience is over; gives when the last answer came, by this process's clock. */
  settle: () => Promise<number>
}

const patienceMs = 15_000
const pauseMs = 50

/** Whether a request has all matching rows counted: by its preference, or by an aggregate. */
export function asksForCount({ url, prefer }: { url: string; prefer: string | null }): boolean {
  const { searchParams } = new URL(url)
  return /(^|[\s,])count=exact\b/.test(prefer ?? '') || /(^|[,(.:])count\(\)/.test(searchParams.get('select') ?? '')
}

/** Listens to all pages of a context from now on. */
export function watchRequests(context: OpenedPage['context']): WatchedRequests {
  const counting: string[] = []
  const open = new Set<object>()
  let count = 0
  let lastEnd = performance.now()
  const end = (request: object) => {
    if (open.delete(request)) lastEnd = performance.now()
  }
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // The stream of events stays open as long as the page.
    if (!pathname.startsWith('/api/') || pathname === '/api/events') return
    count++
    open.add(request)
    const prefer = request.headers()['prefer'] ?? null
    if (asksForCount({ url: request.url(), prefer })) counting.push(request.url())
  })
  context.on('requestfinished', end)
  context.on('requestfailed', end)
  return {
    count: () => count,
    counting,
    async settle() {
      const until = performance.now() + patienceMs
      let quiet = 0
      while (quiet < 3 && performance.now() < until) {
        await wait(pauseMs)
        quiet = open.size === 0 ? quiet + 1 : 0
      }
      return open.size === 0 ? lastEnd : performance.now()
    },
  }
}
