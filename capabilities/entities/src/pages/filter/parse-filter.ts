// Filters as they stand in an address, read back into clauses; what has no words of ours is kept as it is.
import type { Clause, Operator } from './clause.ts'
import { type Parameter, splitMembers, unquoteValue } from './dialect-text.ts'
import { reservedNames } from './print-filter.ts'

const comparisons: Readonly<Record<string, Operator>> = {
  eq: 'is',
  isdistinct: 'isNot',
  gte: 'atLeast',
  lte: 'atMost',
  gt: 'above',
  lt: 'below',
  cs: 'covers',
}

const wholes: Readonly<Record<string, Operator>> = {
  'is.null': 'isNull',
  'not.is.null': 'isNotNull',
  'is.not_null': 'isNotNull',
  'is.true': 'isTrue',
  'is.false': 'isFalse',
}

/**
 * The clauses that an address has; it may be one of the API.
 *
 * @example
 * parseFilter([['total', 'gte.100'], ['limit', '5']]) // [{ field: 'total', operator: 'atLeast', values: ['100'] }]
 */
export function parseFilter(parameters: readonly Parameter[]): Clause[] {
  return parameters.flatMap(([name, value]): Clause[] => {
    if (name === 'and') return (splitMembers(value) ?? [value]).map((member) => parseMember(member))
    if (['or', 'not.and', 'not.or'].includes(name)) return [other(name, value)]
    return reservedNames.has(name) ? [] : [parseComparison(name, value) ?? other(name, value)]
  })
}

const other = (field: string, value: string): Clause => ({ field, operator: 'other', values: [value] })

/** A comparison whose value stands alone, and is not quoted. */
function parseComparison(field: string, text: string): Clause | null {
  const whole = wholes[text]
  if (whole !== undefined) return { field, operator: whole, values: [] }
  const [, word = '', value = ''] = /^(\w+)\.([\s\S]*)$/.exec(text) ?? []
  if (word === 'in') return parseList(field, value)
  if (word === 'ilike' || word === 'imatch') return parsePattern(field, word, value)
  const operator = comparisons[word]
  return operator === undefined ? null : { field, operator, values: [value] }
}

function parseList(field: string, text: string): Clause | null {
  const members = splitMembers(text)
  if (members === null || text === '()') return null
  return { field, operator: 'anyOf', values: [...new Set(members.map(unquoteValue))] }
}

/** Only patterns that say no more than "contains" and "starts with". */
function parsePattern(field: string, word: string, pattern: string): Clause | null {
  if (word === 'ilike' && pattern === '*') return { field, operator: 'startsWith', values: [''] }
  const isRegular = word === 'imatch'
  const [, opening = '', core = '', closing = ''] =
    (isRegular ? /^(\^?)([\s\S]*?)()$/ : /^(\*?)([\s\S]*?)(\*?)$/).exec(pattern) ?? []
  const isBeginning = isRegular ? opening === '^' : opening === ''
  if (!isRegular && closing !== '*') return null
  const special = isRegular ? /(?<!\\)(?:\\\\)*[\^$.*+?()[\]{}|]/ : /(?<!\\)(?:\\\\)*[%_*]/
  if (special.test(core) || /(?<!\\)(?:\\\\)*\\$/.test(core)) return null
  const value = core.replaceAll(/\\([\s\S])/g, '$1')
  // What would be written in the other way was meant in another way.
  if (isRegular !== value.includes('*')) return null
  return { field, operator: isBeginning ? 'startsWith' : 'contains', values: [value] }
}

function parseMember(member: string): Clause {
  const range = parseRange(member)
  if (range !== null) return range
  const [, field, text = ''] = memberParts.exec(member) ?? []
  if (field === undefined) return other('and', `(${member})`)
  const [, word = '', value = ''] = /^((?:not\.)?\w+\.)([\s\S]*)$/.exec(text) ?? []
  return (
    parseComparison(field, word + (value.startsWith('(') ? value : unquoteValue(value))) ?? other('and', `(${member})`)
  )
}

// A field ends at its first dot; quotes may have dots in them.
const memberParts = /^((?:"(?:[^"\\]|\\[\s\S])*"|[^".(),])+)\.([\s\S]+)$/

function parseRange(member: string): Clause | null {
  if (!member.startsWith('and(')) return null
  const [from, to, ...more] = (splitMembers(member.slice(3)) ?? []).map(parseMember)
  if (from === undefined || to === undefined || more.length > 0) return null
  if (from.field !== to.field || from.operator !== 'atLeast') return null
  const operator = { atMost: 'between', below: 'within' }[to.operator as string] as Operator | undefined
  return operator === undefined ? null : { field: from.field, operator, values: [...from.values, ...to.values] }
}
