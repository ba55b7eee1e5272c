// Which of two answers to the same question is kept: the one that is there already where the new one says the same.
import { isExactNumber } from '@steward/base'

/**
 * The former answer where the new one says the same to the last digit, so that nothing is drawn anew; else the new one, as it came.
 * TanStack Query's own way puts both together into a copy, in which exact numbers are no numbers any more.
 *
 * @example
 * keepAnswer(parseJson('{"total": 1.00}'), parseJson('{"total": 2.00}')) // the latter
 */
export function keepAnswer(former: unknown, next: unknown): unknown {
  return saysTheSame(former, next) ? former : next
}

function saysTheSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (isExactNumber(one) || isExactNumber(other)) {
    return isExactNumber(one) && isExactNumber(other) && one.rawJSON === other.rawJSON
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, at) => saysTheSame(each, other[at]))
  }
  if (!isPlain(one) || !isPlain(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && saysTheSame(one[name], other[name]))
  )
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
