// Measures in the page itself how long a person waits: from what they did to the frame that shows what they wanted.
import type { OpenedPage } from '@steward/tools/browser'

type Page = OpenedPage['page']

/** What a page asked the server for while somebody waited; milliseconds, `startedAt` from the deed on. */
export type Fetched = { path: string; startedAt: number; ms: number }

/** One wait, in milliseconds. */
export type Wait = { ms: number; fetched: Fetched[] }

/** What begins the wait, what is done, and a function's source that says, in the page, whether it is there. */
export type Awaited = { deed: 'click' | 'input'; act: () => Promise<unknown>; isThere: string }

/** Longer than anybody would wait: something else is wrong. */
const patienceMs = 60_000

/**
 * Does something in a page and measures until it shows: from the time stamp of the event, through the change of the document that
 * brings it, to the end of the frame in which that is painted.
 */
export async function measureWait(page: Page, { deed, act, isThere }: Awaited): Promise<Wait> {
  await page.evaluate(`(${watch})(${JSON.stringify(deed)}, ${isThere})`)
  await act()
  return readWait(page)
}

/** The same for a document that is loaded anew; it begins with the navigation. */
export async function measureLoad(page: Page, { url, isThere }: { url: string; isThere: string }): Promise<Wait> {
  await page.addInitScript(`(${watch})(null, ${isThere})`)
  await page.goto(url, { waitUntil: 'commit' })
  return readWait(page)
}

async function readWait(page: Page): Promise<Wait> {
  const wait = (await page.evaluate('window.stewardWait')) as Wait | null
  if (wait === null) throw new Error(`Nothing came within ${patienceMs / 1000} seconds at ${page.url()}`)
  return wait
}

// As text: it runs in the page, which this file's types know nothing of. A frame is painted after its callbacks: a message that
// is sent from there arrives when that has been done.
const watch = `(deed, isThere) => {
  performance.setResourceTimingBufferSize(10000)
  performance.clearResourceTimings()
  let began = deed === null ? 0 : null
  window.stewardWait = new Promise((resolve) => {
    const give = setTimeout(() => resolve(null), ${patienceMs})
    const observer = new MutationObserver(() => look())
    const begin = (event) => {
      began ??= event.timeStamp
    }
    const look = () => {
      if (began === null || !isThere()) return
      observer.disconnect()
      if (deed !== null) removeEventListener(deed, begin, true)
      clearTimeout(give)
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          const ended = performance.now()
          performance.measure('steward wait', { start: began, end: ended })
          const fetched = performance
            .getEntriesByType('resource')
            .filter(({ startTime }) => startTime >= began)
            .map(({ name, startTime, duration }) => ({ path: new URL(name).pathname, startedAt: startTime - began, ms: duration }))
          resolve({ ms: ended - began, fetched })
        }
        port2.postMessage(null)
      })
    }
    if (deed !== null) addEventListener(deed, begin, true)
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}`
