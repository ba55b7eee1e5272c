// Why a text could not be read, in the words that clients of the dialect know: what stood there, and what could have.

/**
 * What was complained about at one place. Made at every alternative that does not fit, and read only where none does, so
 * that it is as small as can be: `seenAt` is where the character stands that did not fit, `text` what may not be there.
 */
export type ParseFailure =
  | { kind: 'expected'; at: number; words: readonly string[]; seenAt: number }
  | { kind: 'unexpected'; at: number; text: string }
  | { kind: 'both'; at: number; one: ParseFailure; other: ParseFailure }
  | { kind: 'relabelled'; at: number; inner: ParseFailure | null; word: string }

/** The complaint that one of `words` was looked for at `at`, where `seenAt` (or the end of the text) stands. */
export function failAt(at: number, words: readonly string[] = NONE, seenAt = at): ParseFailure {
  return { kind: 'expected', at, words, seenAt }
}

const NONE: readonly string[] = []

/** The complaint that `text` stands at `at` and may not. */
export function failOn(at: number, text: string): ParseFailure {
  return { kind: 'unexpected', at, text }
}

/** Of two failures the one that got further; both where they got equally far. */
export function mergeFailures(one: ParseFailure | null, other: ParseFailure | null): ParseFailure | null {
  if (one === null) return other
  if (other === null) return one
  if (one.at !== other.at) return one.at > other.at ? one : other
  return { kind: 'both', at: one.at, one, other }
}

/** The same failure, with one word for all that was expected. */
export function relabel(inner: ParseFailure | null, word: string, at: number): ParseFailure {
  return { kind: 'relabelled', at: inner?.at ?? at, inner, word }
}

/** `(line 1, column 4)`, counted in characters and not in UTF-16 units. */
export function describePlace(text: string, at: number): string {
  let line = 1
  let column = 1
  for (const character of text.slice(0, at)) {
    if (character === '\n') {
      line += 1
      column = 1
    } else if (character === '\t') column += 8 - ((column - 1) % 8)
    else column += 1
  }
  return `(line ${line}, column ${column})`
}

/** `unexpected "f" expecting "not" or operator (eq, gt, ...)`. */
export function describeFailure(text: string, failure: ParseFailure): string {
  const { seen, unexpected, expected } = collect(failure)
  const parts = []
  if (unexpected.length > 0) parts.push(`unexpected ${listWithOr(unexpected)}`)
  else if (seen !== null)
    parts.push(`unexpected ${seen < text.length ? showText(characterAt(text, seen)) : 'end of input'}`)
  if (expected.length > 0) parts.push(`expecting ${listWithOr(expected)}`)
  return parts.length > 0 ? parts.join(' ') : 'unknown parse error'
}

type Complaints = { seen: number | null; unexpected: string[]; expected: string[] }

function collect(failure: ParseFailure | null): Complaints {
  switch (failure?.kind) {
    case undefined:
      return { seen: null, unexpected: [], expected: [] }
    case 'expected':
      return { seen: failure.seenAt, unexpected: [], expected: [...failure.words] }
    case 'unexpected':
      return { seen: null, unexpected: [failure.text], expected: [] }
    case 'relabelled':
      return { ...collect(failure.inner), expected: [failure.word] }
    case 'both': {
      const one = collect(failure.one)
      const other = collect(failure.other)
      return {
        seen: one.seen ?? other.seen,
        unexpected: [...one.unexpected, ...other.unexpected],
        expected: [...one.expected, ...other.expected],
      }
    }
  }
}

/** The whole character at an index, be it one UTF-16 unit or two. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** In double quotes, with everything but printable ASCII escaped. */
export function showText(text: string): string {
  return `"${Array.from(text, (character) => (character === '"' ? '\\"' : escapeCharacter(character))).join('')}"`
}

/** In single quotes, escaped alike. */
export function showCharacter(character: string): string {
  return `'${character === "'" ? "\\'" : escapeCharacter(character)}'`
}

const NAMED_ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x7f': '\\DEL',
}

const CONTROL_NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

function escapeCharacter(character: string): string {
  const named = NAMED_ESCAPES[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  if (code < 32) return `\\${CONTROL_NAMES[code]}`
  return code < 127 ? character : `\\${code}`
}

function listWithOr(texts: string[]): string {
  const distinct = [...new Set(texts)].filter((text) => text !== '')
  const last = distinct.pop() ?? ''
  return distinct.length === 0 ? last : `${distinct.join(', ')} or ${last}`
}
