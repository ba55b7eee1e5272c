// Why somebody cannot sign in, in their own language.
import { CallError } from '@steward/sdk'
import type { sessionWords } from './session-words.ts'

type SessionWords = (typeof sessionWords)['en']

/**
 * One sentence for what the server refused, and null where its own words have to do. Whether an address is known is never said.
 *
 * @example
 * signInTrouble(sessionWords.en, error) // 'The e-mail and the password do not belong together.'
 */
export function signInTrouble(words: SessionWords, error: unknown): string | null {
  if (!(error instanceof CallError)) return null
  switch (error.code) {
    case 'ACCESS_SIGN_IN_REFUSED':
      return words.refused
    case 'ACCESS_TOO_MANY_ATTEMPTS': {
      const seconds = Number(/in (\d+) seconds/.exec(error.message)?.[1] ?? 0)
      return seconds > 0 ? words.tooMany({ seconds }) : words.tooManyNow
    }
    case 'ACCESS_BUSY':
      return words.busy
    case 'ACCESS_LINK_USED':
      return words.linkUsed
    case 'ACCESS_INPUT_INVALID':
      return /email/.test(error.message) ? words.emailOdd : null
    case 'ACCESS_ORIGIN_REFUSED':
    case 'SERVER_ORIGIN_REFUSED':
    case 'SERVER_HOST_REFUSED':
      return words.elsewhere
    case 'SDK_UNREACHABLE':
      return words.unreachable
    default:
      return null
  }
}
