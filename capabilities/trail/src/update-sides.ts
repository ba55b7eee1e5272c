// The two sides of an update as they are stored and as they are meant: a column on one side alone was null on the other.
import { splitJsonObject } from '@steward/base'

/**
 * Completes both sides of an update: a column that one of them leaves out was SQL NULL there. Texts that are complete
 * already come back as they are, to the last character.
 *
 * @example
 * completeUpdate('{}', '{"note":"x"}') // { before: '{"note":null}', after: '{"note":"x"}' }
 */
export function completeUpdate(before: string, after: string): { before: string; after: string } {
  const [old, now] = [splitJsonObject(before), splitJsonObject(after)]
  return { before: withNulls(before, old, now), after: withNulls(after, now, old) }
}

function withNulls(text: string, own: Map<string, string>, other: Map<string, string>): string {
  const missing = [...other.keys()]
    .filter((column) => !own.has(column))
    .map((column) => `${JSON.stringify(column)}:null`)
  if (missing.length === 0) return text
  const end = text.lastIndexOf('}')
  return `${text.slice(0, end)}${own.size > 0 ? ',' : ''}${missing.join(',')}${text.slice(end)}`
}
