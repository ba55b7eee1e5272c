// The ready-made people of the demo, one for each role: invited and given a password as everybody is, by Steward itself.
import { demoErrors } from './errors.ts'
import type { HelpdeskFacts } from './fill-helpdesk.ts'
import type { BackOffice } from './open-back-office.ts'

type Person = HelpdeskFacts['people'][number]

/**
 * Invites them all, and sets their passwords by the links of their invitations.
 *
 * @throws DEMO_NO_PASSWORD, and ACCESS_PERSON_EXISTS where somebody has been there before
 */
export async function makePeople(people: readonly Person[], { steward, url }: BackOffice): Promise<void> {
  for (const person of people) {
    const { email, name, role } = person
    const { output } = await steward.perform({
      procedure: 'access.invitePerson',
      input: { email, name, role, url },
      actor: { type: 'system', id: 'demo', name: 'npm start' },
      reason: 'The demo has a person for each role',
      source: 'system',
    })
    await setPassword(url, person, (output as { link: string }).link)
  }
}

async function setPassword(url: string, { email, password }: Person, link: string): Promise<void> {
  const token = link.slice(link.indexOf('#') + 1)
  const answer = await post(`${url}/api/auth/set-password`, { token, password }, {})
  if (!answer.ok) throw demoErrors.NO_PASSWORD({ email, answer: await answer.text() })
  // Setting a password signs in; nobody sits there.
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  await post(`${url}/api/auth/sign-out`, {}, { cookie })
}

function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, ...headers },
    body: JSON.stringify(body),
  })
}
