// Which column of the entity a column of the file means: by its name, or by what people call it.
import type { MetaColumn } from '@steward/sdk'

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/**
 * The entity's columns that a header names, each at most once; null for what names none.
 *
 * @example
 * matchColumns(['Order ID', 'Wert'], columns) // ['order_id', null]
 */
export function matchColumns(header: readonly string[], columns: readonly MetaColumn[]): (string | null)[] {
  const taken = new Set<string>()
  return header.map((text) => {
    const sought = bare(text)
    const found = columns.find(
      ({ name, label }) => !taken.has(name) && [name, label.en, label.ko].some((each) => bare(each) === sought),
    )
    if (sought === '' || found === undefined) return null
    taken.add(found.name)
    return found.name
  })
}

/** Whether a first row looks like names of columns: one of them is known, or none looks like a value. */
export function looksLikeHeader(row: readonly string[], columns: readonly MetaColumn[]): boolean {
  if (matchColumns(row, columns).some((name) => name !== null)) return true
  return (
    row.length > 1 &&
    row.every((cell) => /\p{L}/u.test(cell) && !/[@\d]/.test(cell)) &&
    new Set(row).size === row.length
  )
}

/** What an import may set: what the person may write, and the key, by which records are found. */
export function importableColumns(columns: readonly MetaColumn[]): MetaColumn[] {
  return columns.filter(
    ({ writable, isKey, isGenerated, masked }) => masked === null && (writable || (isKey && !isGenerated)),
  )
}
