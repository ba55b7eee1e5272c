// Lists of inquiries: filters, pages that nothing moves, and what waits for whom.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InquiryPage } from './list-inquiries.ts'
import { jihoon, kim, type Office, openTestOffice, sora } from './testing/office.ts'

let office: Office
const ids: Record<string, number> = {}
const deletion = '01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'
const revert = '01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d12'

const list = (question = {}, by = sora) => office.perform<InquiryPage>('list', question, { by })
const found = async (question = {}, by = sora): Promise<string[]> => {
  const { inquiries } = await list(question, by)
  return inquiries.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? String(id))
}

beforeAll(async () => {
  office = await openTestOffice('listing')
  const ask = async (name: string, text: string, more = {}, by = sora) => {
    ids[name] = (await office.ask(text, more, by)).id
  }
  await ask('record', '주문이 100% 사라졌어요', { entity: 'orders', key: '1042' })
  await ask('operation', 'Was it us?', { operation: deletion }, kim)
  await ask('taken', 'Whose is it?', { ticketUrl: 'https://desk.example.com/T-77' })
  await ask('answered', 'a_b', { entity: 'orders', key: '1043' })
  await ask('closed', 'Never mind', {}, kim)
  await office.perform('take', { id: ids['taken'] }, { by: jihoon })
  await office.perform('comment', { id: ids['taken'], text: 'Ask the Warehouse' }, { by: jihoon })
  await office.perform('link', { id: ids['answered'], operation: revert })
  await office.perform('answer', { id: ids['answered'], text: 'Here it is' }, { by: kim })
  await office.perform('close', { id: ids['closed'] })
})
afterAll(() => office.close())

test.each<[string, object, string[]]>([
  ['everything, the newest first', {}, ['closed', 'answered', 'taken', 'operation', 'record']],
  ['what waits', { state: ['open', 'taken'] }, ['taken', 'operation', 'record']],
  ['what nobody has', { unowned: true, state: ['open'] }, ['operation', 'record']],
  ['by owner', { owner: 'jihoon' }, ['taken']],
  ['by asker', { asker: 'kim' }, ['closed', 'operation']],
  ['by record', { entity: 'public.orders', key: '1042' }, ['record']],
  ['by entity', { entity: 'orders' }, ['answered', 'record']],
  ['by the operation that it is about', { operation: deletion }, ['operation']],
  ['by an operation that was linked', { operation: revert }, ['answered']],
  ['by words of the question', { text: '사라졌어요' }, ['record']],
  ['by words of a comment, whatever the capitals', { text: 'warehouse' }, ['taken']],
  ['by words of the answer', { text: 'here it' }, ['answered']],
  ['by the ticket', { text: 't-77' }, ['taken']],
  ['a percent sign as it is', { text: '0%' }, ['record']],
  ['an underscore as it is', { text: 'a_b' }, ['answered']],
  ['a quote and a backslash', { text: `'\\` }, []],
  ['two that never hold together', { mine: true, owner: 'kim' }, []],
])('lists %s', async (_what, question, expected) => {
  expect(await found(question)).toEqual(expected)
})

test('"mine" is whoever asks, and not who only has the same id', async () => {
  expect(await found({ mine: true }, jihoon)).toEqual(['taken'])
  expect(await found({ mine: true }, { type: 'service', id: 'jihoon' })).toEqual([])
  expect(await found({ mine: true }, sora)).toEqual([])
})

test('an inquiry is found by its number', async () => {
  expect(await found({ text: `#${ids['taken']}` })).toContain('taken')
})

test('pages follow each other without a gap, whatever is asked meanwhile', async () => {
  const seen: number[] = []
  let after: number | null = null
  do {
    const page: InquiryPage = await list({ limit: 2, after })
    seen.push(...page.inquiries.map(({ id }) => id))
    await office.ask('meanwhile')
    after = page.next
  } while (after !== null)
  expect(seen).toEqual(Object.values(ids).sort((one, other) => other - one))
})

test('a page that is full to its last place is known to be the last', async () => {
  const total = (await list({ limit: 200 })).inquiries.length
  expect((await list({ limit: total })).next).toBe(null)
  expect((await list({ limit: total - 1 })).next).not.toBe(null)
})

test('a key without its entity, and a page of none, are refused', async () => {
  for (const question of [{ key: '7' }, { limit: 0 }, { limit: 201 }, { after: -1 }, { state: ['lost'] }]) {
    await expect(list(question)).rejects.toMatchObject({ code: 'ENGINE_INPUT_INVALID' })
  }
})

test('what waits is counted for whoever asks', async () => {
  const before = await office.perform('attention', {}, { by: jihoon })
  expect(before).toMatchObject({ mine: 1, answered: 0 })
  expect(await office.perform('attention', {}, { by: sora })).toMatchObject({ mine: 0, answered: 1 })
  const { id } = await office.ask('One more')
  expect(await office.perform('attention', {}, { by: jihoon })).toEqual({
    ...before,
    unowned: (before as unknown as { unowned: number }).unowned + 1,
  })
  await office.perform('close', { id })
  await office.perform('close', { id: ids['answered'] })
  expect(await office.perform('attention', {}, { by: sora })).toMatchObject({ mine: 0, answered: 0 })
})
