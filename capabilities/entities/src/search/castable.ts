// Which types of column a searched text can be a value of, so that no cast fails.
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { isCitext, isText } from '../meta/choose-columns.ts'

const bounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}
const uuid = /^\{?[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}\}?$/i

/**
 * What a searched text is compared as with a column: the values it may stand for (as it is, and for text in small and in
 * capital letters), and the type, without a length that would cut them. Null where it can be no value of the column.
 *
 * @example
 * comparableTo({ baseType: 'integer' }, 'R-1') // null
 */
export function comparableTo(
  column: Pick<CacheColumn, 'baseType'>,
  text: string,
): { values: string[]; type: string } | null {
  const { baseType } = column
  const range = Object.hasOwn(bounds, baseType) ? bounds[baseType] : undefined
  if (range !== undefined) return isWithin(text, range) ? { values: [text], type: baseType } : null
  if (baseType === 'uuid') return uuid.test(text) ? { values: [text], type: 'uuid' } : null
  if (/^numeric(\(|$)/.test(baseType)) {
    return /^-?\d{1,100}(\.\d{1,100})?$/.test(text) ? { values: [text], type: 'numeric' } : null
  }
  if (isCitext(baseType)) return { values: [text], type: baseType }
  if (!isText(column as CacheColumn)) return null
  return { values: [...new Set([text, text.toLowerCase(), text.toUpperCase()])], type: textType(baseType) }
}

function isWithin(text: string, [least, most]: readonly [bigint, bigint]): boolean {
  if (!/^-?\d{1,20}$/.test(text)) return false
  const value = BigInt(text)
  return value >= least && value <= most
}

// `character` alone is one letter.
function textType(baseType: string): string {
  if (/^character(\(|$)/.test(baseType)) return 'bpchar'
  return baseType.replace(/\(.*$/, '')
}
