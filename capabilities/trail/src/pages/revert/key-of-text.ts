// The key of a record as an address has it.
import { isExactNumber, parseJson } from '@steward/base'
import type { Values } from '@steward/sdk'

/**
 * A key that is written as JSON; null where it is written otherwise, which the server may understand all the same.
 *
 * @example
 * keyOfText('{"id":"42"}') // { id: '42' }
 */
export function keyOfText(text: string): Values | null {
  try {
    const key = parseJson(text)
    const isObject = typeof key === 'object' && key !== null && !Array.isArray(key) && !isExactNumber(key)
    return isObject ? (key as Values) : null
  } catch {
    return null
  }
}
