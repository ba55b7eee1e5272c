// JSON that survives: numbers to the last digit, objects and arrays to the last space.
import { endOfBareWord, endOfString, skipSpace, stringAt } from './scan-json.ts'

/**
 * A number that JavaScript cannot hold as it was written (`1.00`, `12345678901234567890`, `1e400`, `-0`), kept as its
 * text. JSON.stringify prints the text; `Number(n.rawJSON)` is the nearest JavaScript number.
 */
export type ExactNumber = { readonly rawJSON: string }

// TypeScript's libraries do not know these two yet.
const { rawJSON, isRawJSON } = JSON as unknown as {
  rawJSON: (text: string) => ExactNumber
  isRawJSON: (value: unknown) => value is ExactNumber
}

// Registered by name: two copies of this package must understand each other's values.
const source = Symbol.for('steward.json.source')

type Container = unknown[] | Record<string, unknown>
type Frame = { container: Container; start: number; key: string | null }

/**
 * Whether a value is a number that was kept as its text.
 *
 * @example
 * isExactNumber(parseJson('1.00')) // true
 */
export function isExactNumber(value: unknown): value is ExactNumber {
  return isRawJSON(value)
}

/**
 * Parses JSON like JSON.parse, and loses nothing: a number that JavaScript would print differently becomes an
 * {@link ExactNumber}, and every object and array remembers its own text, which `printJson` prints again. Since they
 * stand for that text they are frozen: copy (`{ ...value }`) what is to be changed. Depth is bounded by memory only.
 *
 * @throws SyntaxError as JSON.parse does.
 * @example
 * printJson(parseJson('{"b": 1.00, "a": 12345678901234567890}')) // the same text
 */
export function parseJson(text: string): unknown {
  // JSON.parse judges what is JSON; the walk below may then trust the text.
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed === 'number') return exactNumber(text.trim())
  if (typeof parsed !== 'object' || parsed === null) return parsed
  return walk(text)
}

// One pass without recursion, because PostgreSQL nests deeper than a JavaScript stack goes.
function walk(text: string): unknown {
  const stack: Frame[] = []
  let frame: Frame | null = null
  let at = 0
  for (;;) {
    at = skipSpace(text, at)
    const first = text[at] as string
    let value: unknown
    if (first === ',') {
      at++
      continue
    }
    if (first === '{' || first === '[') {
      if (frame) stack.push(frame)
      frame = { container: first === '[' ? [] : {}, start: at++, key: null }
      continue
    }
    if (first === '}' || first === ']') {
      const { container, start } = frame as Frame
      value = remember(container, text.slice(start, ++at))
      frame = stack.pop() ?? null
      if (!frame) return value
    } else if (first === '"') {
      const end = endOfString(text, at)
      value = stringAt(text, at, end)
      at = end
      if (frame?.key === null && !Array.isArray(frame.container)) {
        frame.key = value as string
        at = skipSpace(text, at) + 1
        continue
      }
    } else {
      const end = endOfBareWord(text, at)
      value = bareWord(text.slice(at, end))
      at = end
    }
    put(frame as Frame, value)
  }
}

function put(frame: Frame, value: unknown): void {
  const { container, key } = frame
  if (Array.isArray(container)) container.push(value)
  else if (key === '__proto__') {
    // An assignment would set the prototype; JSON.parse makes it a key like any other.
    Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true })
  } else container[key as string] = value
  frame.key = null
}

function bareWord(word: string): unknown {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  return exactNumber(word)
}

function exactNumber(word: string): number | ExactNumber {
  const number = Number(word)
  return String(number) === word ? number : rawJSON(word)
}

function remember(container: Container, text: string): Container {
  Object.defineProperty(container, source, { value: text })
  return Object.freeze(container) as Container
}

/**
 * The text that a parsed value stood for: of an object or array of `parseJson` its own text, of an
 * {@link ExactNumber} its digits. `undefined` for every other value: those JavaScript holds exactly.
 *
 * @example
 * rawText(parseJson('{"a": 1.0}')) // '{"a": 1.0}'
 */
export function rawText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (isRawJSON(value)) return value.rawJSON
  return Object.hasOwn(value, source) ? (value as { [source]: string })[source] : undefined
}

/**
 * Prints JSON like JSON.stringify, and exactly: what `parseJson` read is printed character by character as it was
 * written; BigInt as digits; NaN and the infinities as strings, as PostgreSQL does. With `indent` (spaces) the white
 * space is laid anew, everything else stays. `undefined` prints as null.
 *
 * @throws TypeError when the value contains itself.
 * @example
 * printJson({ id: 12345678901234567890n, before: parseJson('{"price": 1.00}') })
 * // '{"id":12345678901234567890,"before":{"price": 1.00}}'
 */
export function printJson(value: unknown, indent = 0): string {
  const text = print(value, '', new Set()) ?? 'null'
  return indent > 0 ? layOut(text, ' '.repeat(indent)) : text
}

function print(value: unknown, key: string, parents: Set<object>): string | undefined {
  switch (typeof value) {
    case 'number':
      if (Object.is(value, -0)) return '-0'
      return Number.isFinite(value) ? String(value) : `"${value}"`
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? 'null' : printObject(value, key, parents)
    default:
      return JSON.stringify(value)
  }
}

function printObject(value: object, key: string, parents: Set<object>): string | undefined {
  const kept = rawText(value)
  if (kept !== undefined) return kept
  if ('toJSON' in value && typeof value.toJSON === 'function') return print(value.toJSON(key), key, parents)
  // new Number(1) and the like: JSON.stringify knows how to unwrap them.
  if (value instanceof Number || value instanceof String || value instanceof Boolean) return JSON.stringify(value)
  if (parents.has(value)) throw new TypeError('A value that contains itself cannot be printed as JSON')
  parents.add(value)
  const text = Array.isArray(value)
    ? `[${value.map((item, index) => print(item, String(index), parents) ?? 'null').join(',')}]`
    : `{${printFields(value, parents).join(',')}}`
  parents.delete(value)
  return text
}

function printFields(value: object, parents: Set<object>): string[] {
  const fields: string[] = []
  for (const [key, item] of Object.entries(value)) {
    const text = print(item, key, parents)
    if (text !== undefined) fields.push(`${JSON.stringify(key)}:${text}`)
  }
  return fields
}

// Works on the text and not on the value: repeated keys, their order and all digits have to stay.
function layOut(text: string, step: string): string {
  const pieces: string[] = []
  let depth = 0
  let at = 0
  for (;;) {
    at = skipSpace(text, at)
    const first = text[at]
    if (first === undefined) return pieces.join('')
    let end = at + 1
    if (first === '{' || first === '[') {
      const next = skipSpace(text, end)
      if (text[next] === '}' || text[next] === ']') {
        pieces.push(first, text[next])
        end = next + 1
      } else pieces.push(first, '\n', step.repeat(++depth))
    } else if (first === '}' || first === ']') pieces.push('\n', step.repeat(--depth), first)
    else if (first === ',') pieces.push(',\n', step.repeat(depth))
    else if (first === ':') pieces.push(': ')
    else {
      end = first === '"' ? endOfString(text, at) : endOfBareWord(text, at)
      pieces.push(text.slice(at, end))
    }
    at = end
  }
}
