// The members of an array as PostgreSQL writes it: `{a,"b,c",NULL}`.
import { DialectError } from '../dialect-error.ts'

/**
 * What `any` and `all` compare with. An inner array adds its members: PostgreSQL compares with each of them alike. An
 * unquoted NULL is left out, since nothing equals it.
 *
 * @throws 22P02, in the words of PostgreSQL, where the text is no array
 */
export function arrayMembers(text: string): string[] {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{')) throw malformedArray(text, 'Array value must start with "{" or dimension information.')
  const members: string[] = []
  let depth = 0
  let at = 0
  let isMemberDue = false
  while (at < trimmed.length) {
    const found = trimmed[at]
    if (at > 0 && depth === 0) throw malformedArray(text, 'Junk after closing right brace.')
    if (found === '{') {
      depth += 1
      at += 1
    } else if (found === '}') {
      if (isMemberDue) throw malformedArray(text, 'Unexpected "}" character.')
      depth -= 1
      at += 1
    } else if (found === ',') {
      isMemberDue = true
      at += 1
      continue
    } else if (found === ' ') {
      at += 1
      continue
    } else {
      const member = readMember(trimmed, at)
      if (member === null) throw malformedArray(text, 'Unexpected end of input.')
      if (member.value !== null) members.push(member.value)
      at = member.end
    }
    isMemberDue = false
  }
  if (depth > 0) throw malformedArray(text, 'Unexpected end of input.')
  return members
}

function readMember(text: string, start: number): { value: string | null; end: number } | null {
  const isQuoted = text[start] === '"'
  let value = ''
  for (let at = isQuoted ? start + 1 : start; at < text.length; at += 1) {
    const found = text[at] ?? ''
    if (isQuoted ? found === '"' : '{},'.includes(found)) {
      if (isQuoted) return { value, end: at + 1 }
      const bare = value.trimEnd()
      return { value: bare.toUpperCase() === 'NULL' ? null : bare, end: at }
    }
    if (found === '\\') at += 1
    value += text[at] ?? ''
  }
  return null
}

function malformedArray(text: string, details: string): DialectError {
  return new DialectError({ status: 400, code: '22P02', message: `malformed array literal: "${text}"`, details })
}
