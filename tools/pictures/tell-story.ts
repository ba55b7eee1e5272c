// The first story up to its end: asked by support, taken back, linked and answered by a developer.
import { z } from 'zod'
import type { HelpdeskFacts } from '../demo/fill-helpdesk.ts'
import type { Person } from './person.ts'

const Inquiry = z.object({ id: z.number() })
const Reverted = z.object({ operation: z.object({ id: z.string() }) })

/** Who plays in it, and where; the pages are in Korean. */
type Parts = { url: string; support: Person; developer: Person }

/** The id of the inquiry, answered. What no picture shows is done by the doors that the pages use, and not by clicks. */
export async function answerQuestion(
  { planted, people }: HelpdeskFacts,
  { url, support, developer }: Parts,
): Promise<number> {
  const { customer, operation } = planted.deletion
  const question = {
    text: `${customer.email} 고객이 어제까지 있던 주문이 모두 사라졌다고 해요. 되돌릴 수 있을까요?`,
    operation,
    ticketUrl: 'https://desk.example.com/tickets/1042',
  }
  const { id } = Inquiry.parse(await support.post('/api/inquiries/', question, ''))
  await developer.post(`/api/inquiries/${id}/take`, {}, '')
  const reverted = await developer.post('/api/trail/revert', { operation, reason: 'TICKET-1042' }, 'TICKET-1042')
  await developer.post(`/api/inquiries/${id}/link`, { operation: Reverted.parse(reverted).operation.id }, '')
  // The page keeps the draft for the customer with the answer.
  const { page } = developer
  const asker = people.find(({ role }) => role === 'cx')?.name ?? ''
  await page.goto(`${url}/inquiries/${id}`)
  await page.getByText('모두 되돌렸어요').first().waitFor()
  await page
    .getByRole('textbox', { name: `${asker} 님에게 답변` })
    .fill('고객사 관리자가 지운 주문이에요. 품목까지 모두 되돌렸어요.')
  await page.getByRole('button', { name: `${asker} 님에게 답변하기` }).click()
  await page.getByText('답변했어요').first().waitFor()
  return id
}
