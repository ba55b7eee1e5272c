// The grammar of `select`: columns, aggregates, and embeds that have a select of their own.
import type { AggregateName, SelectedEmbed, SelectedField, SelectItem } from '../dialect-request.ts'
import { field, identifier, name } from './field-parser.ts'
import {
  attempt,
  either,
  end,
  inParentheses,
  literal,
  lookAhead,
  map,
  nested,
  notNext,
  optional,
  type Parser,
  separated,
  sequence,
  spaced,
} from './parser.ts'

type EmbedHead = Omit<SelectedEmbed, 'select'>

const alias = optional(attempt(map(sequence(name, literal(':'), notNext(literal(':'))), ([found]) => found)), null)
const cast = optional(
  map(sequence(literal('::'), identifier), ([, type]) => type),
  null,
)
const itemEnd = either(attempt(lookAhead(literal(')'))), attempt(lookAhead(literal(','))), attempt(end))

const join = either(attempt(literal('left')), attempt(literal('inner')))
const embedParameter = map(
  sequence(
    literal('!'),
    either(
      map(join, (found) => ({ join: found })),
      map(attempt(name), (hint) => ({ hint })),
    ),
  ),
  ([, parameter]) => parameter as { join?: 'left' | 'inner'; hint?: string },
)

// `!hint!inner` and `!inner!hint` say the same.
const embedParameters = map(
  sequence(optional(embedParameter, null), optional(embedParameter, null)),
  ([first, second]) => ({
    hint: first?.hint ?? second?.hint ?? null,
    join: first?.join ?? second?.join ?? null,
  }),
)

const opening = attempt(lookAhead(literal('(')))

const relation: Parser<EmbedHead> = spaced(
  map(sequence(alias, notCalledCount(name), embedParameters, opening), ([as, found, { hint, join: how }]) => ({
    kind: 'embed',
    relation: found,
    alias: as,
    hint,
    join: how,
    isSpread: false,
  })),
)

const spread: Parser<EmbedHead> = spaced(
  map(sequence(literal('...'), name, embedParameters, opening), ([, found, { hint, join: how }]) => ({
    kind: 'embed',
    relation: found,
    alias: null,
    hint,
    join: how,
    isSpread: true,
  })),
)

// `count()` is an aggregate, never a relation.
function notCalledCount(parser: Parser<string>): Parser<string> {
  return (source, at) => {
    const reply = parser(source, at)
    return reply.isOk && reply.value === 'count' ? { isOk: false, hasConsumed: true, failure: reply.failure } : reply
  }
}

const star = map(sequence(literal('*'), itemEnd), () => selectedField({ field: { name: '*', path: [] } }))

const countOfRows = map(sequence(alias, literal('count()'), cast, itemEnd), ([as, , aggregateCast]) =>
  selectedField({ alias: as, aggregate: 'count', aggregateCast }),
)

const aggregateName = either(
  literal('sum'),
  literal('avg'),
  literal('count'),
  attempt(literal('max')),
  attempt(literal('min')),
) as Parser<AggregateName>
const aggregate = optional(
  attempt(map(sequence(literal('.'), aggregateName, literal('()')), ([, found]) => found)),
  null,
)

const column = map(
  sequence(alias, field, cast, aggregate, cast, itemEnd),
  ([as, found, type, function_, aggregateCast]) =>
    selectedField({ field: found, alias: as, cast: type, aggregate: function_, aggregateCast }),
)

function selectedField(facts: Partial<SelectedField>): SelectedField {
  return { kind: 'field', field: null, alias: null, cast: null, aggregate: null, aggregateCast: null, ...facts }
}

const embed: (head: Parser<EmbedHead>) => Parser<SelectedEmbed> = (head) =>
  map(sequence(attempt(head), inParentheses(nested(() => selectList))), ([found, select]) => ({ ...found, select }))

const item: Parser<SelectItem> = either(
  embed(spread),
  embed(relation),
  spaced(either(attempt(star), attempt(countOfRows), column)),
)

const items = separated(item, spaced(literal(',')))

// Of an embed, where whatever is no item leads to a complaint about the parenthesis that is missing.
const selectList: Parser<SelectItem[]> = optional(items, [] as SelectItem[])

/** A whole `select`; the empty text is the empty list. */
export const wholeSelect: Parser<SelectItem[]> = either(
  items,
  map(end, () => []),
)
