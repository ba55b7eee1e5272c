// The grammar of names: columns, the way into their JSON, and the path of embeds that leads to them.
import type { Field, JsonStep } from '../dialect-request.ts'
import { failAt } from './parse-failure.ts'
import {
  attempt,
  characters,
  either,
  end,
  label,
  literal,
  lookAhead,
  many,
  map,
  noneOf,
  notNext,
  optional,
  type Parser,
  type Reply,
  separated,
  sequence,
  spaced,
} from './parser.ts'

/** `"a \"b\" c"`: everything between the quotes, where a backslash keeps the next character. */
export const quotedText: Parser<string> = (source, start) => {
  const { text } = source
  if (text[start] !== '"') return { isOk: false, hasConsumed: false, failure: failAt(start, [String.raw`"\""`]) }
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') return { isOk: true, hasConsumed: true, value, at: at + 1, failure: null }
    if (text[at] === '\\') {
      at += 1
      if (at >= text.length) return unfinished(at)
    }
    value += text[at]
  }
  return unfinished(text.length, [String.raw`"\\"`, String.raw`"\""`])
}

function unfinished(at: number, expected: string[] = []): Reply<string> {
  return { isOk: false, hasConsumed: true, failure: failAt(at, expected) }
}

const ASCII_PARTS = Array.from({ length: 128 }, (_, code) => /[A-Za-z0-9_ $]/.test(String.fromCharCode(code)))

function isIdentifierPart(code: number): boolean {
  return code < 128 ? ASCII_PARTS[code] === true : /\p{L}/u.test(String.fromCodePoint(code))
}

/** Letters of any script, digits, `_`, `$` and spaces; the spaces around it are dropped. */
export const identifier: Parser<string> = map(characters(isIdentifierPart, ['letter', 'digit'], 1), (found) =>
  found.trim(),
)

// A dash is part of a name unless it begins an arrow.
const dash = attempt(sequence(literal('-'), notNext(literal('>'))))

function joinedByDashes(part: Parser<string>): Parser<string> {
  return map(separated(part, dash), (parts) => parts.join('-'))
}

/** A column or relation, quoted or not. */
export const name: Parser<string> = label(
  either(quotedText, joinedByDashes(identifier)),
  'field name (* or [a..z0..9_$])',
)

/** The dot between the parts of a path or a term. */
export const dot: Parser<string> = label(literal('.'), 'delimiter (.)')

const jsonKeyPart = map(characters(noneOf('(-:.,>)'), [], 1), (found) => found.trim())

const jsonKey: Parser<Omit<JsonStep, 'operator'>> = map(
  label(either(quotedText, joinedByDashes(jsonKeyPart)), 'any non reserved character different from: .,>()'),
  (operand) => ({ operand, isIndex: false }),
)

const indexEnd = either(...['->', '::', '.', ','].map((text) => attempt(lookAhead(literal(text)))), attempt(end))

const jsonIndex: Parser<Omit<JsonStep, 'operator'>> = map(
  sequence(
    optional(literal('-'), ''),
    characters((code) => code >= 48 && code <= 57, ['digit'], 1),
    indexEnd,
  ),
  ([sign, digits]) => ({ operand: sign + digits, isIndex: true }),
)

const arrow = either(attempt(literal('->>')), attempt(literal('->'))) as Parser<JsonStep['operator']>

/** `->a->>b`, `->0`, `->-1`; may be empty. */
export const jsonPath: Parser<JsonStep[]> = many(
  map(sequence(arrow, either(attempt(jsonIndex), attempt(jsonKey))), ([operator, step]) => ({ operator, ...step })),
)

/** A column with the way into its JSON, and spaces around it. */
export const field: Parser<Field> = spaced(map(sequence(name, jsonPath), ([column, path]) => ({ name: column, path })))

/** `customer.country.name->>x`: the embeds that lead there, and the field. */
export const treePath: Parser<{ path: string[]; field: Field }> = map(
  sequence(separated(name, dot), jsonPath),
  ([names, path]) => ({ path: names.slice(0, -1), field: { name: names.at(-1) ?? '', path } }),
)

/** The names of `columns=` and `on_conflict=`. */
export const nameList: Parser<string[]> = separated(name, spaced(literal(',')))
