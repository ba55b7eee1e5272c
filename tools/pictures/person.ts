// Somebody of the demo who has signed in, and asks the API as their page would.
import type { Page } from '../browser/browser.ts'
import type { HelpdeskFacts } from '../demo/fill-helpdesk.ts'

/** Asks with the cookies of their page. */
export type Person = {
  page: Page
  /** @throws where it is refused */
  post(path: string, body: object, reason: string): Promise<unknown>
}

/** Signs in on a page that has been nowhere yet. */
export async function signIn(page: Page, facts: HelpdeskFacts, order: { url: string; role: string }): Promise<Person> {
  const found = facts.people.find(({ role }) => role === order.role)
  if (found === undefined) throw new Error(`The demo has nobody with the role ${order.role}.`)
  const post = async (path: string, body: object, reason: string): Promise<unknown> => {
    const answer = await page.request.post(order.url + path, {
      data: body,
      headers: { origin: order.url, 'steward-source': 'backoffice', 'steward-reason': encodeURIComponent(reason) },
    })
    if (!answer.ok()) throw new Error(`${path} was refused: ${await answer.text()}`)
    return answer.json()
  }
  await post('/api/auth/sign-in', { email: found.email, password: found.password }, '')
  return { page, post }
}
