// The grammar of `and=(…)` and `or=(…)`: trees of comparisons, negated anywhere.
import type { Condition, Logic } from '../dialect-request.ts'
import { comparison, logicValue } from './condition-parser.ts'
import { dot, field, name } from './field-parser.ts'
import {
  attempt,
  either,
  label,
  literal,
  map,
  nested,
  type Parser,
  separated,
  sequence,
  spaced,
  succeed,
} from './parser.ts'

const condition: Parser<Condition> = map(sequence(field, dot, comparison(logicValue)), ([column, , found]) => ({
  kind: 'condition',
  field: column,
  ...found,
}))

const negation = label(
  either(attempt(map(sequence(literal('not'), dot), () => true)), succeed(false)),
  'negation operator (not)',
)

const logicWord = label(either(attempt(literal('and')), literal('or')), 'logic operator (and, or)')

/** `not.or(id.eq.1,and(…))`, or one comparison. */
export const logicTree: Parser<Logic> = either(
  attempt(condition),
  map(
    sequence(
      negation,
      logicWord,
      spaced(literal('(')),
      separated(
        nested(() => logicTree),
        spaced(literal(',')),
      ),
      spaced(literal(')')),
    ),
    ([isNegated, word, , members]): Logic => ({ kind: word as 'and' | 'or', isNegated, members }),
  ),
)

/** The name of such a parameter: `customer.not.or` is the negated `or` of an embed. */
export const logicPath: Parser<{ path: string[]; word: string }> = map(separated(name, dot), (names) => ({
  path: names.slice(0, -1).filter((part) => part !== 'not'),
  word: names.includes('not') ? `not.${names.at(-1)}` : (names.at(-1) ?? ''),
}))
