// The third story: what support may not see is nowhere, neither on a page nor in anything that the server sends them.
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Helpdesk, openHelpdesk } from './open-helpdesk.ts'
import { type OpenedPage, type Tongue, tongues } from './open-stage.ts'

const searchWords = {
  en: 'Search customers, orders, operations',
  ko: '고객, 주문, 작업 검색',
} as const satisfies Record<Tongue, string>

/** Everything that the server has sent to a page, as text, by its address. */
function listenTo({ context }: OpenedPage): { heard: Map<string, string>; settled: () => Promise<void> } {
  const heard = new Map<string, string>()
  const reading: Promise<void>[] = []
  context.on('requestfinished', (request) => {
    const body = request.response().then((response) => response?.text() ?? '')
    const read = Promise.race([body, wait(10_000, '')]).then(
      (text) => void heard.set(`${heard.size} ${request.url()}`, text),
      // A redirect, or a page that was left, has no body.
      () => undefined,
    )
    reading.push(read)
  })
  return { heard, settled: async () => void (await Promise.all(reading)) }
}

describe.each(tongues)('what support must not see (%s)', (language) => {
  let desk: Helpdesk

  beforeEach(async () => {
    desk = await openHelpdesk()
  })
  afterEach(() => desk?.close())

  /** Looks at everything that shows, or might tell of, the customer; answers with what was seen and heard. */
  async function lookEverywhere(role: 'cx' | 'developer'): Promise<string[]> {
    const { key, values } = desk.planted.masked
    const opened = await desk.visit(role, { language })
    const { page, context } = opened
    const { heard, settled } = listenTo(opened)
    const seen: string[] = []
    const look = async () => {
      await atRest(page)
      seen.push(await page.content(), await page.getByRole('main').innerText())
    }
    for (const place of places(key)) {
      await page.goto(desk.url + place)
      await look()
    }
    await page.goto(`${desk.url}/entities/customers/${key}`)
    await atRest(page)
    // Everything that unfolds.
    for (const button of await page.getByRole('main').getByRole('button', { expanded: false }).all()) {
      await button.click({ timeout: 2000 }).catch(() => undefined)
    }
    await look()
    for (const value of Object.values(values)) {
      await page.goto(desk.url)
      await page.getByRole('combobox', { name: searchWords[language] }).fill(value)
      await look()
    }
    for (const path of questions(key, values)) {
      for (const accept of ['application/json', 'text/csv']) {
        const answer = await context.request.get(desk.url + path, { headers: { accept } })
        seen.push(await answer.text())
      }
    }
    await settled()
    expect(heard.size).toBeGreaterThan(20)
    // What was typed or asked stands in the page, and in what repeats a question; the rest is the server's.
    return [...seen, ...heard.values()]
  }

  test('is neither on pages, nor in their source, nor in answers, nor in exports', { timeout: 240_000 }, async () => {
    const { resident_number: number = '', internal_note: note = '', card_last4: card = '' } = desk.planted.masked.values
    const shown = await lookEverywhere('developer')
    // Whoever may see it does: else the rest would prove nothing.
    for (const value of [number, note, `"${card}"`]) expect(shown.some((text) => text.includes(value))).toBe(true)

    const held = await lookEverywhere('cx')
    expect(held.filter((text) => tells(text, note, desk.planted.masked.values))).toEqual([])
    expect(held.filter((text) => tells(text, number, desk.planted.masked.values))).toEqual([])
    expect(held.filter((text) => text.includes(`"card_last4":"${card}"`) || text.includes(`>${card}<`))).toEqual([])
  })

  test('is not told by whether a guess finds something', { timeout: 120_000 }, async () => {
    const { context } = await desk.visit('cx', { language })
    const { values } = desk.planted.masked
    const ask = async (path: string) => {
      const answer = await context.request.get(desk.url + path)
      return { status: answer.status(), text: (await answer.text()).replaceAll(/"requestId":"[^"]*"/g, '') }
    }
    for (const [column, value] of Object.entries(values)) {
      for (const [right, wrong] of guesses(value)) {
        const [one, other] = await Promise.all(
          [right, wrong].map((guess) => ask(`/api/customers?select=id&${column}=${guess}`)),
        )
        const same = (text = '') => text.replaceAll(right, '…').replaceAll(wrong, '…')
        expect({ column, status: one?.status, text: same(one?.text) }).toEqual({
          column,
          status: other?.status,
          text: same(other?.text),
        })
      }
    }
  })
})

/** Until nothing is asked any more; a page that goes on asking is looked at as it is. */
async function atRest(page: OpenedPage['page']): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
}

/** A page that repeats what was typed into its search box tells nothing. */
function tells(text: string, value: string, values: Record<string, string>): boolean {
  const isTyped = Object.values(values).some((typed) => typed === value)
  return isTyped && text.replaceAll(`“${value}”`, '').replaceAll(`value="${value}"`, '').includes(value)
}

function guesses(value: string): [string, string][] {
  const other = [...value].toReversed().join('')
  return [
    [`eq.${encodeURIComponent(value)}`, `eq.${encodeURIComponent(other)}`],
    [`like.${encodeURIComponent(`${value.slice(0, 3)}*`)}`, `like.${encodeURIComponent(`${other.slice(0, 3)}*`)}`],
  ]
}

function places(key: string): string[] {
  return [
    '/',
    '/entities',
    '/entities/customers',
    `/entities/customers/${key}`,
    `/entities/customers/${key}/edit`,
    '/trail',
    '/trail?entity=customers',
    '/trail/blast?procedure=customers.create&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z',
    '/actions',
    '/actions/customers.merge',
    '/inquiries',
  ]
}

function questions(key: string, values: Record<string, string>): string[] {
  const guess = encodeURIComponent(values['resident_number'] ?? '')
  return [
    '/api/customers',
    `/api/customers?id=eq.${key}`,
    `/api/customers?id=eq.${key}&select=id,resident_number,card_last4,internal_note`,
    `/api/customers?id=eq.${key}&select=hidden:internal_note`,
    `/api/orders?select=id,customer:customers(*)&limit=5`,
    `/api/trail/history/customers/${key}`,
    `/api/trail/at/customers/${key}`,
    `/api/trail/deleted/customers?filter[resident_number]=${guess}`,
    '/api/trail/operations?entity=customers&limit=50',
    '/api/meta',
  ]
}
