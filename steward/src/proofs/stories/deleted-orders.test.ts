// The main story, by clicks: a customer's orders are gone; who did it is found by their e-mail, taken back, and told them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Helpdesk, openHelpdesk } from './open-helpdesk.ts'
import { nameOf, type Tongue, tongues } from './open-stage.ts'

const words = {
  en: {
    search: 'Search customers, orders, operations',
    deletedHere: 'Deleted from here',
    orders: '14 Orders',
    ask: 'Ask a developer',
    question: 'What do you want to know?',
    send: 'Ask',
    inquiries: 'Inquiries',
    take: 'Take it',
    revert: 'Revert…',
    reason: 'Reason',
    revertNow: /^Revert 14/,
    reverted: /^Reverted 14/,
    seeRevert: 'See the operation of this revert',
    reverts: 'Reverts',
    isPutBack: 'Put back, all of it',
    sendAnswer: (name: string) => `Answer ${name}`,
    answered: /is answered/,
    copy: 'Copy the answer',
    isBack: 'back since',
    told: /14 orders/,
  },
  ko: {
    search: '고객, 주문, 작업 검색',
    deletedHere: '여기서 지워진 항목',
    orders: '주문 14건',
    ask: '개발자에게 물어보기',
    question: '무엇이 궁금한가요?',
    send: '물어보기',
    inquiries: '문의',
    take: '내가 맡기',
    revert: '되돌리기…',
    reason: '사유',
    revertNow: /^주문 14건.*되돌리기$/,
    reverted: /주문 14건.*되돌렸어요/,
    seeRevert: '이 되돌리기 작업 보기',
    reverts: '되돌린 대상',
    isPutBack: '모두 되돌렸어요',
    sendAnswer: (name: string) => `${name} 님에게 답변하기`,
    answered: /답변했어요/,
    copy: '답변 복사',
    isBack: '다시 돌아옴',
    told: /주문 14건/,
  },
} as const satisfies Record<Tongue, unknown>

describe.each(tongues)('the orders of a customer are gone (%s)', (language) => {
  const said = words[language]
  let desk: Helpdesk

  beforeEach(async () => {
    desk = await openHelpdesk()
  })
  afterEach(() => desk?.close())

  test('found by e-mail, asked, taken back with all items, answered', { timeout: 180_000 }, async () => {
    const { deletion } = desk.planted
    expect(await standing(desk)).toEqual({ orders: 0, items: 0 })

    // Support looks.
    const support = await desk.visit('cx', { language })
    const cx = support.page
    await cx.getByRole('combobox', { name: said.search }).fill(deletion.customer.email)
    await cx.getByRole('option', { name: deletion.customer.name }).click()
    const gone = cx.getByRole('region', { name: said.deletedHere })
    await gone.getByText(said.orders).waitFor()
    const line = await gone.innerText()
    for (const fact of [deletion.by.name, deletion.procedure, '정리']) expect(line).toContain(fact)
    await gone.getByRole('link', { name: deletion.procedure }).click()
    await cx.getByRole('heading', { name: deletion.procedure }).waitFor()
    expect(cx.url()).toContain(deletion.operation)

    // Support asks.
    await cx.getByRole('button', { name: said.ask }).click()
    const dialog = cx.getByRole('dialog')
    await dialog.getByLabel(said.question).fill(`${deletion.customer.email}: 주문이 사라졌어요`)
    await dialog.getByRole('button', { name: said.send, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })

    // A developer takes it, and takes it back.
    const repair = await desk.visit('developer', { language })
    const developer = repair.page
    await developer.getByRole('link', { name: '주문이 사라졌어요' }).first().click()
    await developer.getByRole('button', { name: said.take }).click()
    await developer.getByRole('button', { name: said.take }).waitFor({ state: 'hidden' })
    const inquiry = developer.url()
    await developer.getByRole('link', { name: said.revert }).click()
    const revert = developer.getByRole('button', { name: said.revertNow })
    await revert.waitFor()
    expect(await standing(desk)).toEqual({ orders: 0, items: 0 })
    await developer.getByLabel(said.reason).fill('TICKET-1')
    await revert.click()
    await developer.getByRole('status').filter({ hasText: said.reverted }).waitFor()
    expect(await standing(desk)).toEqual({ orders: 14, items: deletion.items })

    // The trail knows.
    await developer.getByRole('link', { name: said.seeRevert }).click()
    await developer.getByText(said.reverts, { exact: true }).waitFor()
    const shown = await developer.getByRole('main').innerText()
    for (const fact of [nameOf('developer'), 'TICKET-1']) expect(shown).toContain(fact)

    // And answers.
    await developer.goto(inquiry)
    await developer.getByText(said.isPutBack).waitFor()
    await developer.getByRole('button', { name: said.sendAnswer(nameOf('cx')) }).click()
    await developer.getByText(said.answered).first().waitFor()

    // Support copies what the customer is told.
    await cx.getByRole('link', { name: said.inquiries }).first().click()
    await cx.getByRole('link', { name: '주문이 사라졌어요' }).first().click()
    await cx.getByRole('button', { name: said.copy }).click()
    const copied = String(await cx.evaluate('navigator.clipboard.readText()'))
    expect(copied).toMatch(said.told)
    for (const inner of ['deleteMany', nameOf('developer'), 'TICKET-1']) expect(copied).not.toContain(inner)

    // And sees that all is back where it was missed.
    await cx.goto(`${desk.url}/entities/customers/${deletion.customer.id}`)
    await cx.getByRole('region', { name: said.deletedHere }).getByText(said.isBack).waitFor()

    for (const { problems } of [support, repair]) {
      expect(problems).toEqual({
        errors: [],
        failedRequests: [expect.stringMatching(/\/api\/me 401$/)],
        violations: [],
        dialogs: [],
      })
    }
  })
})

/** What there is of the customer now. */
async function standing({ service, planted }: Helpdesk): Promise<{ orders: number; items: number }> {
  const { rows } = await service.pool.query(
    `SELECT count(DISTINCT orders.id)::int AS orders, count(order_items.order_id)::int AS items
       FROM orders LEFT JOIN order_items ON order_items.order_id = orders.id WHERE customer_id = $1`,
    [planted.deletion.customer.id],
  )
  return rows[0]
}
