// Who acts when a command is typed: --actor, else STEWARD_ACTOR, else the person signed in to the machine.
import { userInfo } from 'node:os'
import { Actor } from '@steward/base'
import { cliErrors } from './errors.ts'

/**
 * The actor of a command. Words may be an id (then `staff`), `type:id`, or JSON.
 *
 * @throws CLI_ACTOR_INVALID
 * @example
 * readActor('user:42') // { type: 'user', id: '42' }
 */
export function readActor(words: string | undefined): Actor {
  const text = words?.trim() ?? ''
  if (text === '') return { type: 'staff', id: operatingSystemUser() }
  if (text.startsWith('{')) return readJsonActor(text)
  const colon = text.indexOf(':')
  const typed = Actor.safeParse({ type: text.slice(0, colon), id: text.slice(colon + 1) })
  if (colon > 0 && typed.success) return typed.data
  if (colon > 0 && text.slice(colon + 1) === '') throw cliErrors.ACTOR_INVALID({ actor: text })
  return { type: 'staff', id: text }
}

function readJsonActor(text: string): Actor {
  try {
    return Actor.parse(JSON.parse(text))
  } catch (cause) {
    throw cliErrors.ACTOR_INVALID({ actor: text }, { cause })
  }
}

/** In a container without a passwd entry userInfo() throws: then what the environment says has to do. */
function operatingSystemUser(): string {
  try {
    return userInfo().username
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? 'unknown'
  }
}
