// The weekly numbers, held against weeks whose every minute is known.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Week } from './report.ts'
import { jihoon, kim, type Office, openTestOffice, sora } from './testing/office.ts'

let office: Office

const report = (question: object) => office.perform<Week[]>('week', question)

/** Asked at an instant of UTC, answered so many minutes later; null is not answered. */
async function settle(askedAt: string, minutes: number | null, [asker, owner] = [sora, jihoon]): Promise<number> {
  const { id } = await office.ask('?', {}, asker)
  if (minutes !== null) {
    await office.perform('take', { id }, { by: owner })
    await office.perform('answer', { id, text: '!' }, { by: owner })
  }
  await office.pool.query(
    `UPDATE steward_office.inquiries_inquiry
        SET asked_at = $2, answered_at = CASE WHEN answer IS NOT NULL THEN $2::timestamptz + make_interval(secs => $3::float8 * 60) END
      WHERE id = $1`,
    [id, askedAt, minutes],
  )
  return id
}

beforeAll(async () => {
  office = await openTestOffice('weeks')
  // The week of Monday, 9 November 2026: 10, 20, 30, 40 and 100 minutes, and one that is answered a week later.
  for (const minutes of [10, 20, 30, 40]) await settle('2026-11-10T01:00:00Z', minutes)
  await settle('2026-11-11T01:00:00Z', 100.06, [kim, kim])
  await settle('2026-11-12T01:00:00Z', 7 * 24 * 60)
  await settle('2026-11-13T01:00:00Z', null, [kim, kim])
  // Sunday evening in Greenwich is Monday morning in Seoul.
  await settle('2026-11-15T20:00:00Z', 5)
})
afterAll(() => office.close())

test('counts questions in the week of their asking, answers in the week of their answering', async () => {
  const [second, first, before] = await report({ weeks: 3, until: '2026-11-22' })
  expect(before).toEqual({
    from: '2026-11-02',
    asked: 0,
    answered: 0,
    medianMinutes: null,
    p90Minutes: null,
    askers: [],
    owners: [],
  })
  expect(first).toEqual({
    from: '2026-11-09',
    asked: 8,
    answered: 6,
    // 5 10 20 30 40 100.06
    medianMinutes: 25,
    p90Minutes: 70,
    askers: [
      { person: sora, asked: 6 },
      { person: kim, asked: 2 },
    ],
    owners: [
      { person: jihoon, answered: 5, medianMinutes: 20, p90Minutes: 36 },
      { person: kim, answered: 1, medianMinutes: 100.1, p90Minutes: 100.1 },
    ],
  })
  expect(second).toMatchObject({ from: '2026-11-16', asked: 0, answered: 1, medianMinutes: 10_080, p90Minutes: 10_080 })
})

test('a week begins on Monday where the reader is', async () => {
  const [second, first] = await report({ weeks: 2, until: '2026-11-16', timeZone: 'Asia/Seoul' })
  expect([first?.asked, first?.answered, second?.asked, second?.answered]).toEqual([7, 5, 1, 2])
})

test('what is opened again counts no more as answered', async () => {
  const id = await settle('2026-10-06T01:00:00Z', 15)
  const week = async () => (await report({ weeks: 1, until: '2026-10-06' }))[0]
  expect(await week()).toMatchObject({ asked: 1, answered: 1, medianMinutes: 15 })
  await office.perform('reopen', { id })
  expect(await week()).toMatchObject({ asked: 1, answered: 0, medianMinutes: null })
})

test('without a day the last week is this one', async () => {
  await office.ask('Today')
  const [week, ...more] = await report({})
  expect(week?.asked).toBe(1)
  expect(more).toHaveLength(7)
})

test.each([
  { timeZone: 'Mars/Olympus' },
  { timeZone: '+09:00' },
  { weeks: 0 },
  { weeks: 105 },
  { until: '2026-02-30' },
])('%j is refused', async (question) => {
  await expect(report(question)).rejects.toMatchObject({ code: 'ENGINE_INPUT_INVALID' })
})
