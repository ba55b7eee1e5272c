// The grammar of one comparison: `not.eq(any).{1,2}`, `in.(a,"b,c")`, `is.null`, `fts(english).word`.
import type { ComparisonOperator, Condition } from '../dialect-request.ts'
import { arrayMembers } from './array-members.ts'
import { dot, identifier, quotedText } from './field-parser.ts'
import {
  attempt,
  character,
  characters,
  either,
  inParentheses,
  label,
  literal,
  map,
  noneOf,
  notNext,
  optional,
  type Parser,
  separated,
  sequence,
  spaced,
  succeed,
} from './parser.ts'

/** A comparison without its field. */
export type Comparison = Omit<Condition, 'kind' | 'field'>

type Operation = Omit<Comparison, 'isNegated'>

const SIMPLE = ['neq', 'cs', 'cd', 'ov', 'sl', 'sr', 'nxr', 'nxl', 'adj'] as const
// `gte` before `gt`: the first that fits is taken.
const QUANTIFIABLE = ['eq', 'gte', 'gt', 'lte', 'lt', 'like', 'ilike', 'match', 'imatch'] as const
const FULL_TEXT = ['fts', 'plfts', 'phfts', 'wfts'] as const
const IS_VALUES = ['null', 'not_null', 'true', 'false', 'unknown'] as const

const isNoListEnd = noneOf(',)')

/** Everything to the end of the text: the value of a filter that is a parameter of its own. */
export const restOfText: Parser<string> = characters(() => true)

/** A value inside of a logic tree, where commas and parentheses end it unless it is quoted or an array. */
export const logicValue: Parser<string> = either(
  attempt(map(sequence(quotedText, notNext(character(isNoListEnd))), ([value]) => value)),
  attempt(map(sequence(literal('{'), characters(noneOf('{}')), literal('}')), (parts) => parts.join(''))),
  characters(isNoListEnd),
)

const listMember = either(
  attempt(map(sequence(quotedText, notNext(character(isNoListEnd))), ([value]) => value)),
  characters(isNoListEnd),
)

// `in.()` is the list of nothing.
const list = map(
  sequence(spaced(literal('(')), separated(listMember, literal(',')), spaced(literal(')'))),
  ([, members]) => (members.length === 1 && members[0] === '' ? [] : members),
)

const isValue = label(
  either(...IS_VALUES.map((word) => attempt(inAnyCase(word)))),
  'isVal: (null, not_null, true, false, unknown)',
)

/** A comparison; `value` reads what stands behind the operator. */
export function comparison(value: Parser<string>): Parser<Comparison> {
  const negation = either(attempt(map(sequence(literal('not'), dot), () => true)), succeed(false))
  return map(sequence(negation, operation(value)), ([isNegated, found]) => ({ isNegated, ...found }))
}

function operation(value: Parser<string>): Parser<Operation> {
  return label(
    either(
      map(sequence(prefix('in'), list), ([, values]) => plain('in', values)),
      map(sequence(prefix('is'), isValue), ([, word]) => plain('is', [word])),
      map(sequence(prefix('isdistinct'), value), ([, text]) => plain('isdistinct', [text])),
      attempt(fullText(value)),
      attempt(map(sequence(oneOf(SIMPLE), dot, value), ([operator, , text]) => plain(operator, [text]))),
      attempt(quantifiable(value)),
    ),
    'operator (eq, gt, ...)',
  )
}

function fullText(value: Parser<string>): Parser<Operation> {
  const operators = either(...FULL_TEXT.map((word) => attempt(literal(word)))) as Parser<ComparisonOperator>
  const language = optional(attempt(inParentheses(identifier)), null)
  return map(sequence(operators, language, dot, value), ([operator, found, , text]) => ({
    ...plain(operator, [text]),
    language: found,
  }))
}

function quantifiable(value: Parser<string>): Parser<Operation> {
  const word = either(attempt(literal('any')), literal('all')) as Parser<'any' | 'all'>
  const quantifier = optional(attempt(inParentheses(word)), null)
  return map(sequence(oneOf(QUANTIFIABLE), quantifier, dot, value), ([operator, found, , text]) => {
    const pattern = operator === 'like' || operator === 'ilike' ? text.replaceAll('*', '%') : text
    return { ...plain(operator, found === null ? [pattern] : arrayMembers(pattern)), quantifier: found }
  })
}

function plain(operator: ComparisonOperator, values: string[]): Operation {
  return { operator, quantifier: null, language: null, values }
}

function prefix(operator: string): Parser<unknown> {
  return attempt(sequence(literal(operator), dot))
}

function oneOf<Word extends string>(words: readonly Word[]): Parser<Word> {
  return label(either(...words.map((word) => attempt(literal(word)))), 'unknown single value operator') as Parser<Word>
}

function inAnyCase(word: string): Parser<string> {
  const letters = Array.from(word, (letter) =>
    character(
      (code) => code < 128 && String.fromCharCode(code).toLowerCase() === letter,
      [`"${letter}"`, `"${letter.toUpperCase()}"`],
    ),
  )
  return map(sequence(...letters), () => word)
}
