// How names and values are written in the dialect's addresses, and how lists in them are taken apart.

/** A name of the address and what stands behind its `=`. */
export type Parameter = readonly [name: string, value: string]

/**
 * A column's name as the dialect reads it back.
 *
 * @example
 * quoteName('a.b') // '"a.b"'
 */
export function quoteName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : quoted(name)
}

/** The column that a field names; null for a way into JSON, or through an embed. */
export function columnOfField(field: string): string | null {
  if (field.startsWith('"')) {
    const end = endOfQuotes(field, 0)
    return end === field.length ? unquoted(field) : null
  }
  return /[.>(]/.test(field) ? null : field
}

/** A value among others, where commas and parentheses would end it. */
export function quoteValue(value: string): string {
  return value === '' || value !== value.trim() || /[,()"\\{}]/.test(value) ? quoted(value) : value
}

/** What {@link quoteValue} has written. */
export function unquoteValue(text: string): string {
  return text.startsWith('"') && endOfQuotes(text, 0) === text.length ? unquoted(text) : text
}

/**
 * The members of `(a,"b,c",and(d,e))`, as they are written; null where it is no list in parentheses.
 *
 * @example
 * splitMembers('(a,"b,c")') // ['a', '"b,c"']
 */
export function splitMembers(text: string): string[] | null {
  if (!text.startsWith('(') || !text.endsWith(')')) return null
  const members: string[] = []
  let depth = 0
  let start = 1
  for (let at = 1; at < text.length - 1; at += 1) {
    const letter = text[at]
    if (letter === '"') at = endOfQuotes(text, at) - 1
    else if (letter === '(' || letter === '{') depth += 1
    else if (letter === ')' || letter === '}') depth -= 1
    else if (letter === ',' && depth === 0) {
      members.push(text.slice(start, at).trim())
      start = at + 1
    }
    if (depth < 0) return null
  }
  return depth === 0 ? [...members, text.slice(start, -1).trim()] : null
}

/** Where the quotes that open at `start` have closed; beyond the end where they never do. */
function endOfQuotes(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return text.length + 1
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\([\s\S])/g, '$1')
}
