// The pieces that the dialect's grammars are put together from; they remember what was expected where, for the messages.
import { DialectError } from '../dialect-error.ts'
import {
  characterAt,
  describeFailure,
  describePlace,
  failAt,
  failOn,
  mergeFailures,
  type ParseFailure,
  relabel,
  showCharacter,
  showText,
} from './parse-failure.ts'

/**
 * What a parser answers. `hasConsumed` decides whether an alternative may still be tried; `failure` of a reply that is ok is
 * what else could have stood there.
 */
export type Reply<Value> =
  | { isOk: true; hasConsumed: boolean; value: Value; at: number; failure: ParseFailure | null }
  | { isOk: false; hasConsumed: boolean; failure: ParseFailure | null }

/** The text that is read, and how many parentheses are open around the place. */
export type Source = { readonly text: string; depth: number }

export type Parser<Value> = (source: Source, at: number) => Reply<Value>

type ValueOf<P> = P extends Parser<infer Value> ? Value : never

const DEEPEST = 100

/** Reads `text`, or refuses it with PGRST100; `what` says in the message what it is. */
export function parseText<Value>(parser: Parser<Value>, text: string, what: string, shown = text): Value {
  const reply = tryToParse(parser, text, what, shown)
  if (reply.isOk) return reply.value
  const { failure } = reply
  throw parseRefusal(
    `"failed to parse ${what} (${shown})" ${describePlace(text, failure?.at ?? 0)}`,
    failure === null ? 'unknown parse error' : describeFailure(text, failure),
  )
}

/** The refusal of anything in the address that cannot be read. */
export function parseRefusal(message: string, details: string): DialectError {
  return new DialectError({ status: 400, code: 'PGRST100', message, details })
}

function tryToParse<Value>(parser: Parser<Value>, text: string, what: string, shown: string): Reply<Value> {
  try {
    return parser({ text, depth: 0 }, 0)
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    const message = `"failed to parse ${what} (${shown})" ${describePlace(text, error.at)}`
    throw parseRefusal(message, `unexpected "(" more than ${DEEPEST} levels deep`)
  }
}

class TooDeep extends Error {
  readonly at: number

  constructor(at: number) {
    super('nested too deeply')
    this.at = at
  }
}

/** Runs `inner` one level deeper: what nests without a limit would otherwise exhaust the stack. */
export function nested<Value>(inner: () => Parser<Value>): Parser<Value> {
  return (source, at) => {
    if (source.depth >= DEEPEST) throw new TooDeep(at)
    source.depth += 1
    const reply = inner()(source, at)
    source.depth -= 1
    return reply
  }
}

/** Consumes nothing and gives `value`. */
export function succeed<Value>(value: Value): Parser<Value> {
  return (_source, at) => ({ isOk: true, hasConsumed: false, value, at, failure: null })
}

/** Whether a character, given as its code point, fits. */
export type Test = (code: number) => boolean

/** One character that passes the test. */
export function character(test: Test, expected: readonly string[] = []): Parser<string> {
  return (source, at) => {
    const code = source.text.codePointAt(at)
    if (code === undefined || !test(code)) return { isOk: false, hasConsumed: false, failure: failAt(at, expected) }
    const value = String.fromCodePoint(code)
    return { isOk: true, hasConsumed: true, value, at: at + value.length, failure: null }
  }
}

/** As many such characters as there are: the loop that a repeated `character` would be. */
export function characters(test: Test, expected: readonly string[] = [], least = 0): Parser<string> {
  return (source, at) => {
    let end = at
    for (
      let code = source.text.codePointAt(end);
      code !== undefined && test(code);
      code = source.text.codePointAt(end)
    ) {
      end += code > 0xffff ? 2 : 1
    }
    const failure = failAt(end, expected)
    if (end === at && least > 0) return { isOk: false, hasConsumed: false, failure }
    return { isOk: true, hasConsumed: end > at, value: source.text.slice(at, end), at: end, failure }
  }
}

/** The test for any character but these, which are all ASCII. */
export function noneOf(excluded: string): Test {
  return (code) => code > 127 || !excluded.includes(String.fromCharCode(code))
}

/** Exactly this text. A beginning of it counts as consumed; the complaint stands at its first character. */
export function literal(text: string): Parser<string> {
  const expected = [showText(text)]
  return (source, at) => {
    let length = 0
    while (length < text.length && source.text[at + length] === text[length]) length += 1
    if (length === text.length) return { isOk: true, hasConsumed: true, value: text, at: at + length, failure: null }
    return { isOk: false, hasConsumed: length > 0, failure: failAt(at, expected, at + length) }
  }
}

/** One after the other; the values as a list. */
export function sequence<const Parsers extends readonly Parser<unknown>[]>(
  ...parsers: Parsers
): Parser<{ -readonly [Index in keyof Parsers]: ValueOf<Parsers[Index]> }> {
  return (source, start) => {
    const values: unknown[] = []
    let at = start
    let hasConsumed = false
    let failure: ParseFailure | null = null
    for (const parser of parsers) {
      const reply = parser(source, at)
      failure = reply.hasConsumed ? reply.failure : mergeFailures(failure, reply.failure)
      hasConsumed ||= reply.hasConsumed
      if (!reply.isOk) return { isOk: false, hasConsumed, failure }
      values.push(reply.value)
      at = reply.at
    }
    return { isOk: true, hasConsumed, value: values as never, at, failure }
  }
}

/** The first that does not fail at its first character. */
export function either<const Parsers extends readonly Parser<unknown>[]>(
  ...parsers: Parsers
): Parser<ValueOf<Parsers[number]>> {
  return (source, at) => {
    let failure: ParseFailure | null = null
    for (const parser of parsers) {
      const reply = parser(source, at) as Reply<ValueOf<Parsers[number]>>
      if (reply.hasConsumed) return reply
      failure = mergeFailures(failure, reply.failure)
      if (reply.isOk) return { ...reply, failure }
    }
    return { isOk: false, hasConsumed: false, failure }
  }
}

/** Fails as if nothing had been consumed, so that the next alternative has its turn. */
export function attempt<Value>(parser: Parser<Value>): Parser<Value> {
  return (source, at) => {
    const reply = parser(source, at)
    return reply.isOk ? reply : { ...reply, hasConsumed: false }
  }
}

/** Changes what is read. */
export function map<From, To>(parser: Parser<From>, change: (value: From) => To): Parser<To> {
  return (source, at) => {
    const reply = parser(source, at)
    return reply.isOk ? { ...reply, value: change(reply.value) } : reply
  }
}

/** One word for what is expected here. */
export function label<Value>(parser: Parser<Value>, word: string): Parser<Value> {
  return (source, at) => {
    const reply = parser(source, at)
    if (reply.hasConsumed || (reply.isOk && reply.failure === null)) return reply
    return { ...reply, failure: relabel(reply.failure, word, at) }
  }
}

/** `fallback` where it is not there at all. */
export function optional<Value, const Fallback>(parser: Parser<Value>, fallback: Fallback): Parser<Value | Fallback> {
  return either(parser, succeed(fallback))
}

/** As often as it is there. */
export function many<Value>(parser: Parser<Value>): Parser<Value[]> {
  return (source, start) => {
    const value: Value[] = []
    let at = start
    for (;;) {
      const reply = parser(source, at)
      if (!reply.isOk && reply.hasConsumed) return reply
      // What succeeds on nothing would be there for ever.
      if (!reply.isOk || !reply.hasConsumed) {
        return { isOk: true, hasConsumed: at > start, value, at, failure: reply.failure }
      }
      value.push(reply.value)
      at = reply.at
    }
  }
}

/** At least one, with a separator between. */
export function separated<Value>(parser: Parser<Value>, separator: Parser<unknown>): Parser<Value[]> {
  const others = many(map(sequence(separator, parser), ([, value]) => value))
  return map(sequence(parser, others), ([first, rest]) => [first, ...rest])
}

/** Looks whether it stands here, and stays. */
export function lookAhead(parser: Parser<unknown>): Parser<null> {
  return (source, at) => {
    const reply = parser(source, at)
    if (!reply.isOk) return { ...reply, hasConsumed: false }
    return { isOk: true, hasConsumed: false, value: null, at, failure: null }
  }
}

/** Fails behind a character that may not come next. */
export function notNext(parser: Parser<string>): Parser<null> {
  return (source, at) => {
    const reply = parser(source, at)
    if (reply.isOk) return { isOk: false, hasConsumed: false, failure: failOn(reply.at, showCharacter(reply.value)) }
    return { isOk: true, hasConsumed: false, value: null, at, failure: reply.failure }
  }
}

/** The end of the text. */
export const end: Parser<null> = label((source, at) => {
  const found = characterAt(source.text, at)
  if (found !== '') return { isOk: false, hasConsumed: false, failure: failOn(at, showCharacter(found)) }
  return { isOk: true, hasConsumed: false, value: null, at, failure: failAt(at) }
}, 'end of input')

/** `inner` between `(` and `)`. */
export function inParentheses<Value>(inner: Parser<Value>): Parser<Value> {
  return map(sequence(literal('('), inner, literal(')')), ([, value]) => value)
}

/** With spaces and tabs around it. */
export function spaced<Value>(parser: Parser<Value>): Parser<Value> {
  return map(sequence(spaces, parser, spaces), ([, value]) => value)
}

const spaces = characters((code) => code === 32 || code === 9)
