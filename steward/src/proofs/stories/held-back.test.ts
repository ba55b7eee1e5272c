// The third story: what support may not see is nowhere, neither on a page nor in anything that the server sends them.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Helpdesk, openHelpdesk } from './open-helpdesk.ts'
import { type OpenedPage, type Tongue, tongues } from './open-stage.ts'
import { arrive, overhear, rest } from './overhear.ts'
import { type HeldBack, plantSecrets } from './plant-secrets.ts'

const words = {
  en: { search: 'Search customers, orders, operations', exportCsv: 'Export CSV', exported: /^Exported / },
  ko: { search: '고객, 주문, 작업 검색', exportCsv: 'CSV 내보내기', exported: /빠짐없이 내보냈어요/ },
} as const satisfies Record<Tongue, unknown>

let desk: Helpdesk
let planted: HeldBack

// On a busy machine the ninety days take their time.
beforeAll(async () => {
  desk = await openHelpdesk()
  planted = await plantSecrets(desk)
}, 240_000)
afterAll(() => desk?.close())

/** What was shown and sent at a place. */
type Look = { place: string; texts: string[] }

describe.each(tongues)('what support must not see (%s)', (language) => {
  const said = words[language]

  /** Looks at everything that shows, or might tell of, the customers. */
  async function lookEverywhere(role: 'cx' | 'developer'): Promise<Look[]> {
    const opened = await desk.visit(role, { language })
    const { page, context } = opened
    const heard = overhear(opened)
    const looks: Look[] = []
    // What somebody has typed stands in their own page; nothing is taken out of what the server has sent.
    const look = async (place: string, typed = '') => {
      const shown = [await page.content(), await page.getByRole('main').innerText()]
      const own = typed === '' ? shown : shown.map((text) => text.replaceAll(typed, ''))
      looks.push({ place, texts: [...own, ...(await heard.read()).map(({ body }) => body)] })
    }
    for (const place of places(planted)) {
      await arrive(opened, desk.url + place)
      if (place === `/entities/customers/${planted.key}`) await unfold(opened)
      await look(place, new URL(place, desk.url).searchParams.get('text') ?? '')
    }
    await arrive(opened, `${desk.url}${list}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: said.exportCsv }).click(),
    ])
    await page.getByRole('status').filter({ hasText: said.exported }).waitFor()
    looks.push({ place: 'file', texts: [await readFile(await download.path(), 'utf8')] })
    for (const text of [planted.email, ...planted.secrets]) {
      await arrive(opened, desk.url)
      const found = page.waitForResponse((response) => response.url().includes('/api/search?'))
      await page.getByRole('combobox', { name: said.search }).fill(text)
      await found
      await page.waitForLoadState('networkidle')
      await rest(opened)
      await look(`search ${text}`, text)
    }
    for (const path of questions(planted)) {
      for (const accept of ['application/json', 'text/csv']) {
        const answer = await context.request.get(desk.url + path, { headers: { accept } })
        looks.push({ place: `${accept} ${path}`, texts: [await answer.text()] })
      }
    }
    return looks
  }

  test('is neither on pages, nor in their source, nor in answers, nor in exports', { timeout: 240_000 }, async () => {
    const [shown, held] = await Promise.all([lookEverywhere('developer'), lookEverywhere('cx')])
    expect(held.map(({ place }) => place)).toEqual(shown.map(({ place }) => place))
    // Whoever may see it does: else the rest would prove nothing.
    const told = shown.filter(tells).map(({ place }) => place)
    expect(told).toEqual(expect.arrayContaining([...telling(planted), 'file']))
    for (const secret of planted.secrets) {
      expect(shown.some(({ texts }) => texts.some((text) => text.includes(secret)))).toBe(true)
    }
    expect(held.filter(tells).map(({ place }) => place)).toEqual([])
  })

  test('is not told by whether a guess finds something', { timeout: 120_000 }, async () => {
    const { context } = await desk.visit('cx', { language })
    const ask = async (path: string) => {
      const answer = await context.request.get(desk.url + path)
      return { status: answer.status(), text: await answer.text() }
    }
    for (const [column, value] of Object.entries(desk.planted.masked.values)) {
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

/** Four digits alone are many things; here they are the value of their column, in JSON, in HTML, or in CSV. */
function tells({ texts }: Look): boolean {
  const { secrets, cards } = planted
  return texts.some(
    (text) =>
      secrets.some((secret) => text.includes(secret)) ||
      cards.some((card) => [`"card_last4":"${card}"`, `>${card}<`, `,${card},`].some((shape) => text.includes(shape))),
  )
}

/** Everything of the record that is folded away. */
async function unfold({ page }: OpenedPage): Promise<void> {
  const folded = page
    .getByRole('main')
    .getByRole('button', { expanded: false })
    .and(page.locator(':not([aria-haspopup])'))
  // Each that is opened is no longer among them; some open others.
  for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click()
  await page.waitForLoadState('networkidle')
  await rest({ page })
}

function guesses(value: string): [string, string][] {
  const other = [...value].toReversed().join('')
  return [
    [`eq.${encodeURIComponent(value)}`, `eq.${encodeURIComponent(other)}`],
    [`like.${encodeURIComponent(`${value.slice(0, 3)}*`)}`, `like.${encodeURIComponent(`${other.slice(0, 3)}*`)}`],
  ]
}

const list = '/entities/customers?select=id,name,resident_number,card_last4,internal_note&order=id.asc'

/** Where a developer sees it. */
function telling({ key, buried, operations, wrote }: HeldBack): string[] {
  return [
    list,
    `/entities/customers/${key}`,
    `/entities/customers/${key}/edit`,
    `/entities/customers/${key}?at=${wrote}`,
    `/entities/customers/${buried}`,
    ...operations.map((operation) => `/trail/operations/${operation}`),
  ]
}

function places(planted: HeldBack): string[] {
  const [operation] = planted.operations
  return [
    ...telling(planted),
    '/',
    '/entities',
    '/entities/customers',
    '/entities/customers?order=internal_note.desc',
    `/trail/operations/${operation}/revert`,
    `/trail?entity=customers&text=${encodeURIComponent(planted.secrets[0] ?? '')}`,
    '/trail/blast?procedure=*&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z',
    '/actions/customers.merge',
    '/inquiries',
    `/inquiries/${planted.inquiry}`,
  ]
}

function questions({ key, buried, wrote, secrets }: HeldBack): string[] {
  return [
    '/api/customers',
    `/api/customers?id=eq.${key}&select=id,resident_number,card_last4,internal_note`,
    `/api/customers?id=eq.${key}&select=hidden:internal_note`,
    '/api/orders?select=id,customer:customers(*)&limit=5',
    `/api/trail/history/customers?key=${key}`,
    `/api/trail/history/customers?key=${buried}`,
    `/api/trail/at/customers?key=${key}&when=${wrote}`,
    `/api/trail/deleted/customers?filter[resident_number]=${secrets[0]}`,
    '/api/trail/operations?entity=customers&limit=50',
    '/api/meta',
  ]
}
