// The second story, by clicks: a release wrote zero totals for one plan; all of them are found, and what people have mended since stays.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Helpdesk, openHelpdesk } from './open-helpdesk.ts'
import { type Tongue, tongues } from './open-stage.ts'

const words = {
  en: {
    search: 'Search customers, orders, operations',
    timeline: 'Timeline',
    blast: 'Same procedure in this period',
    orders: 'Orders',
    changes: /^Changes: /,
    revert: 'Revert…',
    conflicts: 'Conflicts',
    conflictCount: (count: number) => `${count} conflicts`,
    reason: 'Reason',
    revertNow: (count: number) => `Revert ${count} Orders`,
    reverted: /^Reverted /,
  },
  ko: {
    search: '고객, 주문, 작업 검색',
    timeline: '타임라인',
    blast: '같은 기간의 같은 기능',
    orders: '주문',
    changes: /^변경: /,
    revert: '되돌리기…',
    conflicts: '충돌',
    conflictCount: (count: number) => `충돌 ${count}건`,
    reason: '사유',
    revertNow: (count: number) => `주문 ${count}건 되돌리기`,
    reverted: /되돌렸어요/,
  },
} as const satisfies Record<Tongue, unknown>

describe.each(tongues)('a release wrote zero totals (%s)', (language) => {
  const said = words[language]
  let desk: Helpdesk

  beforeEach(async () => {
    desk = await openHelpdesk()
  })
  afterEach(() => desk?.close())

  test('the blast radius is exactly the planted orders; the revert keeps later edits, and shows them', {
    timeout: 180_000,
  }, async () => {
    const { release } = desk.planted
    const { corrected, orders } = release
    const [looked = ''] = orders.filter((number) => !corrected.includes(number))
    const before = await totalsOf(desk)
    const { page, problems } = await desk.visit('developer', { language })

    // From an order to the operation that did it.
    await page.getByRole('combobox', { name: said.search }).fill(looked)
    await page.getByRole('option', { name: looked }).first().click()
    const timeline = page.getByRole('region', { name: said.timeline })
    await timeline.getByRole('link', { name: release.procedure }).first().click()
    await page.getByRole('heading', { name: release.procedure }).waitFor()
    expect(page.url()).toContain(release.operation)

    // How far it went.
    const blast = page.getByRole('region', { name: said.blast })
    const touched = blast.getByRole('row').filter({ hasText: said.orders }).first()
    await touched.waitFor()
    expect(await touched.innerText()).toMatch(new RegExp(`\\b${orders.length}\\b`))
    const sample = await touched.getByRole('link').allInnerTexts()
    expect(sample.length).toBeGreaterThan(0)
    for (const link of sample) expect(orders.map(digits)).toContain(digits(link))

    // Which orders these are, every one of them and no other.
    const changes = page.getByRole('region', { name: said.changes })
    const changed = await changes.getByRole('listitem').getByRole('link').allInnerTexts()
    expect(sorted(changed.map(digits))).toEqual(sorted(orders.map(digits)))

    // What would come of taking it back: each order gets something back, the mended totals stay.
    await page.getByRole('link', { name: said.revert }).first().click()
    const button = page.getByRole('button', { name: said.revertNow(orders.length) })
    await button.waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: said.conflictCount(corrected.length) })
      .waitFor()
    const conflicts = page
      .getByRole('region', { name: said.conflicts })
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
    expect(await conflicts.count()).toBe(corrected.length)
    for (const number of corrected) {
      const row = conflicts.filter({ has: page.getByRole('link', { name: `#${digits(number)}`, exact: true }) })
      for (const total of [release.totals[number], before[number]?.total]) await row.getByText(String(total)).waitFor()
    }
    expect(await totalsOf(desk)).toEqual(before)

    // Taken back.
    await page.getByLabel(said.reason).fill('TICKET-2')
    await button.click()
    await page.getByRole('status').filter({ hasText: said.reverted }).waitFor()
    expect(await conflicts.count()).toBe(corrected.length)
    const after = await totalsOf(desk)
    for (const number of orders) {
      const expected = corrected.includes(number) ? before[number]?.total : release.totals[number]
      expect({ number, total: after[number]?.total }).toEqual({ number, total: expected })
      expect({ number, note: after[number]?.note }).toEqual({ number, note: before[number]?.note })
    }
    const others = Object.entries(before).filter(([number]) => !orders.includes(number))
    expect(others.length).toBeGreaterThan(0)
    for (const [number, row] of others) expect({ number, ...after[number] }).toEqual({ number, ...row })

    const failedRequests = [expect.stringMatching(/\/api\/me 401$/)]
    expect(problems).toEqual({ errors: [], failedRequests, violations: [], dialogs: [] })
  })
})

/** HD-10482 and #10482 are one order. */
function digits(text: string): string {
  return text.replaceAll(/\D/g, '')
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort()
}

type Row = { total: string; note: string | null }

async function totalsOf({ service }: Helpdesk): Promise<Record<string, Row>> {
  const { rows } = await service.pool.query<Row & { number: string }>('SELECT number, total::text, note FROM orders')
  return Object.fromEntries(rows.map(({ number, ...row }) => [number, row]))
}
