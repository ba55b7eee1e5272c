// A person who may sign in, made as everybody is: invited by the command, with a password of their own.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Database } from '../server.ts'

/** What they sign in with. */
export type Person = { email: string; password: string }

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.resolve('steward')))

/** Invites an admin into the office and sets their password at the server that stands at `url`. */
export async function openPerson(office: Database, url: string): Promise<Person> {
  const person = { email: 'bench@example.com', password: 'a horse, a battery' }
  const words = ['access', 'person', 'invite', person.email, '--name', 'Bench', '--role', 'admin', '--url', url]
  const env = { ...process.env, DATABASE_URL: office.url, STEWARD_DATABASE_URL: office.url, STEWARD_ACTOR: 'bench' }
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words, '--json'], { env })
  const { link } = JSON.parse(stdout) as { link: string }
  const answer = await fetch(`${url}/api/auth/set-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: link.slice(link.indexOf('#') + 1), password: person.password }),
  })
  if (!answer.ok) throw new Error(`The person got no password: ${await answer.text()}`)
  return person
}
