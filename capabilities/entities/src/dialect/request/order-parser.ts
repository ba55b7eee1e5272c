// The grammar of `order`: `name.desc.nullslast,data->>x,customer(name).asc`.
import type { OrderTerm } from '../dialect-request.ts'
import { dot, field, name } from './field-parser.ts'
import {
  attempt,
  either,
  end,
  inParentheses,
  literal,
  lookAhead,
  map,
  optional,
  type Parser,
  separated,
  sequence,
  spaced,
} from './parser.ts'

const termEnd = either(attempt(lookAhead(literal(','))), attempt(end))

const direction = optional(either(after('asc', 'asc'), after('desc', 'desc')), null)
const nulls = optional(either(after('nullsfirst', 'first'), after('nullslast', 'last')), null)

// The end is tried twice, so that what else could have stood there is named in the message.
const nullsAndEnd = either(
  map(sequence(nulls, termEnd), ([found]) => found),
  map(termEnd, () => null),
)

const ownTerm: Parser<OrderTerm> = map(sequence(field, direction, nullsAndEnd), ([column, way, where]) => ({
  field: column,
  relation: null,
  direction: way,
  nulls: where,
}))

const relatedTerm: Parser<OrderTerm> = map(
  sequence(name, inParentheses(field), direction, nullsAndEnd),
  ([relation, column, way, where]) => ({ field: column, relation, direction: way, nulls: where }),
)

/** All terms of one `order`. */
export const orderTerms: Parser<OrderTerm[]> = separated(spaced(either(attempt(relatedTerm), ownTerm)), literal(','))

function after<const Value>(word: string, value: Value): Parser<Value> {
  return attempt(map(sequence(dot, literal(word)), () => value))
}
