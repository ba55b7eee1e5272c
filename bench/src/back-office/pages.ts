// back-office.pages: from what a person does to the paint of what they wanted to see, over a million orders and ten million changes.
import { openBrowser } from '@steward/tools/browser'
import { serveShop } from '../admin-api/serve-shop.ts'
import type { Measurement, Part, Run } from '../benchmark.ts'
import { type Figure, figure, figureOf } from '../figure.ts'
import { median, quantile } from '../statistics.ts'
import { type FilledShop, fillBigShop } from './big-shop.ts'
import { openPerson } from './open-person.ts'
import type { Wait } from './paint-meter.ts'
import { type Deed, deeds, visitPages, type Waits } from './visit-pages.ts'

const plan = {
  full: { orders: 1_000_000, changes: 10_000_000, months: 6, rounds: 20 },
  quick: { orders: 100_000, changes: 1_000_000, months: 6, rounds: 6 },
}
const bounds = { floor: 600, goal: 300 }

/** Milliseconds to a list, to hits, to a timeline. */
export const pages: Part = {
  name: 'ui',
  summary: 'lists, search and timelines, from the click to the paint',
  seconds: { full: 340, quick: 75 },
  measure: measurePages,
}

async function measurePages({ server, isQuick, tell }: Run): Promise<Measurement> {
  const { rounds, ...size } = isQuick ? plan.quick : plan.full
  const [database, office] = [await server.newDatabase('shop'), await server.newDatabase('office')]
  const filling = `filling ${size.orders} orders and ${size.changes} changes`
  tell(0, filling)
  const shop = await fillBigShop(database.pool, size, (fraction) => tell(0.6 * fraction, filling))
  await server.pool.query('CHECKPOINT')
  tell(0.6, 'building the pages')
  const served = await serveShop(database, office)
  try {
    const url = `http://127.0.0.1:${served.port}`
    const person = await openPerson(office, url)
    const browser = await openBrowser()
    try {
      const waits = await visitPages({ browser, url, person, shop }, rounds, (fraction) =>
        tell(0.62 + 0.38 * fraction, 'visiting pages'),
      )
      return report(waits, shop, rounds)
    } finally {
      await browser.close()
    }
  } finally {
    await served.end()
    await database.drop()
    await office.drop()
  }
}

function report(waits: Waits, shop: FilledShop, rounds: number): Measurement {
  const judged: readonly Deed[] = ['list', 'search', 'timeline']
  const figures = deeds.flatMap((deed): Figure[] => {
    const times = waits[deed].map(({ ms }) => ms)
    const name = `ui.${deed}`
    const target = { name: `${name}.ms`, unit: 'ms', better: 'lower' as const }
    if (!judged.includes(deed)) return [figure(target, times)]
    const slow = { ...target, name: `${name}.p95.ms` }
    return [figure({ ...target, ...bounds }, times), figureOf(slow, quantile(times, 0.95), times)]
  })
  return {
    figures: [...figures.filter((one) => one.reached !== null), ...figures.filter((one) => one.reached === null)],
    notes: [
      `back-office.pages: ${shop.orders} orders of ${shop.customers} customers, ${shop.changes} changes of orders (${shop.deletedOrders} of them` +
        ` deletions); ${rounds} rounds in headless Chromium, by a person who has signed in at a server of its own process.`,
      'A round loads a document and opens a list from the overview and two more pages of it; another one, and opens three records' +
        ' from a list; .first is the first of each. ui.search, by a number, an address and the beginning of one, includes the pause in' +
        ' which nobody is asked yet, and .all lasts until every source has answered (15 s at most); ui.deleted is a customer opened from the search box until the order that they have lost is' +
        ' named; ui.document a list in a browser that has never been here.',
      'No request to draw these pages asked for an exact count.',
      ...deeds.filter((deed) => deed !== 'search.all').map((deed) => describeWaits(deed, waits[deed])),
    ],
  }
}

/** Where the time goes: how long the page waited for what it had asked for, and what of it took longest. */
function describeWaits(deed: Deed, waits: readonly Wait[]): string {
  const share = (isOf: (path: string) => boolean) =>
    Math.round(
      median(
        waits.map(({ ms, fetched }) =>
          covered(
            fetched.filter(({ path }) => isOf(path)),
            ms,
          ),
        ),
      ),
    )
  const byPath = new Map<string, number[]>()
  for (const { path, ms } of waits.flatMap(({ fetched }) => fetched)) {
    const kind = path.replace(/\/assets\/.*/, '/assets').replace(/\d+/g, 'N')
    byPath.set(kind, [...(byPath.get(kind) ?? []), ms])
  }
  const slowest = [...byPath]
    .map(([path, times]) => ({ path, ms: median(times), each: times.length / waits.length }))
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, 5)
    .map(({ path, ms, each }) => `${path} ${Math.round(ms)} ms${each === 1 ? '' : ` (${each.toFixed(1)} times)`}`)
  const whole = Math.round(median(waits.map(({ ms }) => ms)))
  return `${deed}: ${whole} ms, ${share(isApi)} of them with requests under way, ${share(isAsset)} with files: ${slowest.join(', ')}.`
}

const isApi = (path: string) => path.startsWith('/api/')
const isAsset = (path: string) => path.includes('/assets/')

/** Milliseconds up to `end` in which at least one of these was under way. */
export function covered(fetched: readonly { startedAt: number; ms: number }[], end: number): number {
  let until = 0
  let sum = 0
  for (const { startedAt, ms } of fetched.toSorted((one, other) => one.startedAt - other.startedAt)) {
    const stop = Math.min(startedAt + ms, end)
    sum += Math.max(0, stop - Math.max(startedAt, until))
    until = Math.max(until, stop)
  }
  return sum
}
