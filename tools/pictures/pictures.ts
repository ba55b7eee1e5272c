// Which pictures the documents show: who looks, at what, in which language, and what is pressed before.
import type { Page, View } from '../browser/browser.ts'
import type { HelpdeskFacts } from '../demo/fill-helpdesk.ts'
import type { Person } from './person.ts'
import { answerQuestion } from './tell-story.ts'

/** What a picture is made of. */
export type Props = {
  page: Page
  url: string
  facts: HelpdeskFacts
  /** Somebody else of the demo, who does something meanwhile. */
  people: (role: string) => Promise<Person>
}

/** A picture, by the name of its file. `show` ends when the page says what it is to say. */
export type Picture = {
  name: string
  role: 'cx' | 'developer'
  view: View
  show: (props: Props) => Promise<void>
}

/** In the order in which they are made: the last ones change what the first ones show. */
export const pictures: readonly Picture[] = [
  { name: 'search', role: 'cx', view: { height: 360 }, show: showSearch },
  { name: 'customer', role: 'cx', view: { height: 720 }, show: showCustomer },
  { name: 'customer-phone', role: 'cx', view: { width: 390, height: 720, language: 'ko' }, show: showCustomer },
  { name: 'operation', role: 'developer', view: { height: 900 }, show: showOperation },
  { name: 'orders', role: 'developer', view: { height: 600 }, show: showOrders },
  { name: 'edit', role: 'developer', view: { height: 560 }, show: showEdit },
  { name: 'revert', role: 'developer', view: { height: 900 }, show: showRevert },
  { name: 'inquiry', role: 'cx', view: { height: 800, language: 'ko' }, show: showInquiry },
]

async function showSearch({ page, url, facts }: Props): Promise<void> {
  const { customer } = facts.planted.deletion
  await page.goto(url)
  await page.getByRole('combobox').first().fill(customer.email)
  await page.getByRole('option', { name: customer.name }).first().waitFor()
}

async function showCustomer({ page, url, facts }: Props): Promise<void> {
  const { customer, procedure } = facts.planted.deletion
  await page.goto(`${url}/entities/customers/${customer.id}`)
  await page.getByRole('link', { name: procedure }).first().waitFor()
}

async function showOperation({ page, url, facts }: Props): Promise<void> {
  await page.goto(`${url}/trail/operations/${facts.planted.deletion.operation}`)
  await page.getByText('The only performance').waitFor()
  await page.getByRole('button', { name: 'Answer for the customer' }).waitFor()
}

async function showOrders({ page, url }: Props): Promise<void> {
  await page.goto(`${url}/entities/orders?status=in.(paid,settled)&total=gte.100000&order=total.desc`)
  await page.getByRole('row').nth(5).waitFor()
}

async function showEdit({ page, url, facts }: Props): Promise<void> {
  await page.goto(`${url}/entities/customers/${facts.planted.deletion.customer.id}/edit`)
  await page.getByLabel('Company').fill('에이크미 코리아')
  await page.getByLabel('Phone', { exact: true }).fill('010-0482-2009')
  await page.getByRole('button', { name: 'Preview the change' }).click()
  await page.getByRole('button', { name: 'Save 2 fields' }).waitFor()
  await page.getByLabel('Reason').fill('TICKET-57')
}

async function showRevert({ page, url, facts }: Props): Promise<void> {
  const { operation, corrected } = facts.planted.release
  await page.goto(`${url}/trail/operations/${operation}/revert`)
  await page.getByText(`${corrected.length} conflicts`).waitFor()
  await page.getByLabel('Reason').fill('TICKET-58')
}

async function showInquiry({ page, url, facts, people }: Props): Promise<void> {
  const helpers = { support: await people('cx'), developer: await people('developer') }
  const inquiry = await answerQuestion(facts, { url, ...helpers })
  await page.goto(`${url}/inquiries/${inquiry}`)
  await page.getByRole('button', { name: '답변 복사' }).waitFor()
}
