// A refusal as a test wants to hold it: what it says, and what is amiss with its form.
import type { Answered } from './shop.ts'

/** What a refusal says; `details` and `hint` are left out where they are null. `amiss` is there only when its form is wrong. */
export type Refusal = {
  status: number
  code: string
  message: string
  details?: unknown
  hint?: string
  amiss?: object
}

/**
 * Reads a refusal out of an answer. In good form it has exactly the four keys in their order, is JSON in UTF-8, and says its
 * code in `Proxy-Status` too.
 *
 * @example
 * expect(refusalOf(await ask('GET', '/a/b'))).toEqual({
 *   status: 404, code: 'PGRST125', message: 'Invalid path specified in request URL',
 * })
 */
export function refusalOf({ status, headers, json }: Answered): Refusal {
  const { code, message, details, hint } = json ?? {}
  const form = {
    keys: Object.keys(json ?? {}).join(),
    type: headers['content-type'],
    proxyStatus: headers['proxy-status'],
  }
  const good = {
    keys: 'code,message,details,hint',
    type: 'application/json; charset=utf-8',
    proxyStatus: `PostgREST; error=${code}`,
  }
  return {
    status,
    code,
    message,
    ...(details === null ? {} : { details }),
    ...(hint === null ? {} : { hint }),
    ...(JSON.stringify(form) === JSON.stringify(good) ? {} : { amiss: form }),
  }
}
