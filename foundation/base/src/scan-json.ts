// Walks JSON text without losing a character: where each value begins and ends.

// Characters that matter to a walk; names instead of numbers where they are compared.
const quote = 0x22
const backslash = 0x5c

/**
 * The top-level keys of a JSON object with the exact text of each value: spaces inside, the order of keys, repeated
 * keys and the digits of numbers are kept. Of a key that stands twice the last value counts, as in JSON.parse, at the
 * place of the first. The space around a value is dropped unless `keepSpace` asks for it.
 *
 * @throws SyntaxError when the text is not a JSON object.
 * @example
 * splitJsonObject('{"price": 1.00, "tags": {"b": 1, "a": 2}}').get('tags') // '{"b": 1, "a": 2}'
 */
export function splitJsonObject(text: string, options: { keepSpace?: boolean } = {}): Map<string, string> {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new SyntaxError(`A JSON object was expected, this is: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`)
  }
  // From here on the text is known to be sound, so that the walk need not doubt it.
  const values = new Map<string, string>()
  let at = skipSpace(text, skipSpace(text, 0) + 1)
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at)
    const key = stringAt(text, at, keyEnd)
    const afterColon = skipSpace(text, keyEnd) + 1
    const start = skipSpace(text, afterColon)
    const end = endOfValue(text, start)
    const separator = skipSpace(text, end)
    values.set(key, options.keepSpace ? text.slice(afterColon, separator) : text.slice(start, end))
    at = skipSpace(text, separator + 1)
  }
  return values
}

/** The place of the first character from `at` on that is no JSON white space. */
export function skipSpace(text: string, at: number): number {
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at++
  }
}

/** The place after the string that begins at `at`, in sound JSON. */
export function endOfString(text: string, at: number): number {
  for (;;) {
    at = text.indexOf('"', at + 1)
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * What the string between two places says, in sound JSON. JSON.parse is not asked: V8 13.6 (Node 24) takes an escaped
 * key of one character, as "\u0062", for a backslash once an object of the same shape had the key "\\".
 */
export function stringAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  if (!inner.includes('\\')) return inner
  return inner.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** The place after the number, true, false or null that begins at `at`, in sound JSON. */
export function endOfBareWord(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // white space , ] }
    if (code <= 0x20 || code === 0x2c || code === 0x5d || code === 0x7d) break
  }
  return at
}

function endOfValue(text: string, at: number): number {
  const first = text[at]
  if (first === '"') return endOfString(text, at)
  if (first !== '{' && first !== '[') return endOfBareWord(text, at)
  let depth = 0
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = endOfString(text, at)
      continue
    }
    at++
    // { [ and } ]
    if (code === 0x7b || code === 0x5b) depth++
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at
  }
}
