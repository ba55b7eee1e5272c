// What a person does in the back office, over and over at places that nobody has looked at before, and how long each of it takes.
import type { OpenedBrowser, OpenedPage } from '@steward/tools/browser'
import { customerOf, customerOfDeletion, type FilledShop, orderNumber } from './big-shop.ts'
import type { Person } from './open-person.ts'
import { measureLoad, measureWait, type Wait } from './paint-meter.ts'
import { type WatchedRequests, watchRequests } from './watch-requests.ts'

/** Where, who, and over what. */
export type Visit = { browser: OpenedBrowser; url: string; person: Person; shop: FilledShop }

/** `.first` is among the others, too: for the first time in a newly loaded document, whose scripts for it have yet to run. */
export const deeds = [
  'document',
  'list',
  'list.first',
  'search',
  'search.all',
  'timeline',
  'timeline.first',
  'deleted',
] as const
export type Deed = (typeof deeds)[number]

/** All waits of each deed. */
export type Waits = Record<Deed, Wait[]>

type Desk = Visit & { opened: OpenedPage; requests: WatchedRequests; waits: Waits }

// Each is the source of a function that runs in the page.
const firstRow = `document.querySelector('tr[data-row] a[href*="/entities/orders/"]')`
const hasRows = `() => ${firstRow} !== null`
const hasTimeline = `() => document.querySelector('main [data-entry]') !== null`

/**
 * Measures so many rounds. Each begins with newly loaded documents, as in the morning: the browser has their files, and nothing of
 * them has run.
 *
 * @throws Error where something was counted to draw a page, or something went wrong in one
 */
export async function visitPages(visit: Visit, rounds: number, tell: (fraction: number) => void): Promise<Waits> {
  const waits = Object.fromEntries(deeds.map((deed) => [deed, [] as Wait[]])) as Waits
  const opened = await openDesk(visit)
  const requests = watchRequests(opened.context)
  const desk: Desk = { ...visit, opened, requests, waits }
  try {
    for (let round = 0; round <= rounds; round++) {
      await visitList(desk)
      await visitSearch(desk)
      await visitTimeline(desk)
      await visitCustomer(desk, round + 1)
      waits.document.push(await visitAnew(visit))
      // The first round warms the server up, and fills the browser's cache.
      if (round === 0) for (const deed of deeds) waits[deed].length = 0
      tell((round + 1) / (rounds + 1))
    }
    demandGood(desk)
    return waits
  } finally {
    await opened.close()
  }
}

async function openDesk({ browser, url, person }: Visit): Promise<OpenedPage> {
  const opened = await browser.newPage()
  // In a checkout whose sources have just changed the first document waits until the pages are built.
  opened.page.setDefaultTimeout(120_000)
  const answer = await opened.page.request.post(`${url}/api/auth/sign-in`, { data: person, headers: { origin: url } })
  if (!answer.ok()) throw new Error(`Signing in was refused: ${await answer.text()}`)
  return opened
}

async function visitList({ opened: { page }, requests, waits, url }: Desk): Promise<void> {
  await page.goto(`${url}/entities`)
  const link = page.locator('main a[href$="/entities/orders"]').first()
  await link.waitFor()
  await requests.settle()
  const first = await measureWait(page, { deed: 'click', act: () => link.click(), isThere: hasRows })
  waits['list.first'].push(first)
  waits.list.push(first)
  await requests.settle()
  for (let turn = 0; turn < 2; turn++) {
    const before = await page.evaluate(`${firstRow}.href`)
    // What was shown before stays until the next page is there.
    const isThere = `() => ${firstRow} !== null && ${firstRow}.href !== ${JSON.stringify(before)}`
    const act = () => page.getByRole('button', { name: 'Next', exact: true }).click()
    waits.list.push(await measureWait(page, { deed: 'click', act, isThere }))
    await requests.settle()
  }
}

async function visitSearch({ opened: { page }, requests, waits, url, shop }: Desk): Promise<void> {
  await page.goto(url)
  const box = page.getByRole('combobox').first()
  await box.waitFor()
  await requests.settle()
  const customer = customerOf(oneOf(shop.customers))
  const number = orderNumber(oneOf(shop.orders))
  // By the number that somebody quotes, by a whole address, and by what an address begins with.
  const sought = [
    { text: number, label: number },
    { text: customer.email, label: customer.name },
    { text: `customer-${oneOf(shop.customers)}@`, label: null },
  ]
  for (const { text, label } of sought) {
    const expected = label ?? customerOf(Number(/\d+/.exec(text)?.[0])).name
    const isThere = `() => [...document.querySelectorAll('[role=option]')].some((option) => option.textContent.includes(${JSON.stringify(expected)}))`
    const start = performance.now()
    waits.search.push(await measureWait(page, { deed: 'input', act: () => box.fill(text), isThere }))
    waits['search.all'].push({ ms: (await requests.settle()) - start, fetched: [] })
  }
}

async function visitTimeline({ opened, requests, waits, url, shop }: Desk): Promise<void> {
  const place = encodeURIComponent(JSON.stringify([String(200 + oneOf(shop.orders - 200))]))
  await opened.page.goto(`${url}/entities/orders?after=${place}`)
  await opened.page.locator('tr[data-row]').first().waitFor()
  await requests.settle()
  for (let turn = 0; turn < 3; turn++) {
    const link = opened.page.locator(`tr[data-row="${turn * 3}"] a`).first()
    const wait = await measureWait(opened.page, { deed: 'click', act: () => link.click(), isThere: hasTimeline })
    waits.timeline.push(wait)
    if (turn === 0) waits['timeline.first'].push(wait)
    await requests.settle()
    await opened.page.goBack()
    await opened.page.locator('tr[data-row]').first().waitFor()
    await requests.settle()
  }
}

/** From the search box to a customer who has lost an order: it is named beside their own timeline. */
async function visitCustomer({ opened: { page }, requests, waits, url, shop }: Desk, deletion: number): Promise<void> {
  const { email, name } = customerOf(customerOfDeletion(deletion, shop))
  await page.goto(url)
  await page.getByRole('combobox').first().fill(email)
  const option = page.getByRole('option').filter({ hasText: name }).first()
  await option.waitFor()
  await requests.settle()
  const isThere = `() => document.querySelector('main a[href*="/trail/operations/"]') !== null`
  waits.deleted.push(await measureWait(page, { deed: 'click', act: () => option.click(), isThere }))
  await requests.settle()
}

/** A browser that has never been here. */
async function visitAnew(visit: Visit): Promise<Wait> {
  const opened = await openDesk(visit)
  try {
    return await measureLoad(opened.page, { url: `${visit.url}/entities/orders`, isThere: hasRows })
  } finally {
    await opened.close()
  }
}

function demandGood({ opened: { problems }, requests }: Desk): void {
  if (requests.counting.length > 0) {
    throw new Error(`A page had rows counted to be drawn:\n${requests.counting.slice(0, 5).join('\n')}`)
  }
  const wrong = [...problems.errors, ...problems.failedRequests, ...problems.violations]
  if (wrong.length > 0) throw new Error(`Something went wrong in the pages:\n${wrong.slice(0, 5).join('\n')}`)
}

function oneOf(count: number): number {
  return 1 + Math.floor(Math.random() * count)
}
