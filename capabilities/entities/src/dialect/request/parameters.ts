// The query string taken apart: names and values, decoded, in the order in which they were sent.
import { parseRefusal } from './parser.ts'

export type Parameter = [name: string, value: string]

/** A name without `=` asks for nothing and is left out. `+` is a space. */
export function readParameters(query: string): Parameter[] {
  const parameters: Parameter[] = []
  for (const part of query.split('&')) {
    const at = part.indexOf('=')
    if (at !== -1) parameters.push([decodeParameter(part.slice(0, at)), decodeParameter(part.slice(at + 1))])
  }
  return parameters
}

/** The fields of a form: as in a query, but a name alone is a field that is empty. */
export function readForm(text: string): Parameter[] {
  return text.split('&').flatMap((part): Parameter[] => {
    if (part === '') return []
    const at = part.indexOf('=')
    const name = at === -1 ? part : part.slice(0, at)
    return [[decodeParameter(name), at === -1 ? '' : decodeParameter(part.slice(at + 1))]]
  })
}

/**
 * Undoes percent-encoding.
 *
 * @throws PGRST100 for what is no percent-encoding, no UTF-8, or has a NUL, which PostgreSQL cannot keep in a text
 */
export function decodeText(encoded: string): string {
  const text = encoded.includes('%') ? decodePercent(encoded) : encoded
  if (text.includes('\0')) throw parseRefusal(`"failed to decode (${encoded})"`, 'unexpected NUL character')
  return text
}

function decodeParameter(encoded: string): string {
  return decodeText(encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded)
}

function decodePercent(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw parseRefusal(`"failed to decode (${encoded})"`, 'unexpected percent-encoding that is not valid UTF-8')
  }
}
