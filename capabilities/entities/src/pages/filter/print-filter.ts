// Filters as the dialect writes them: what stands in the page's address is what the API takes.
import type { Clause } from './clause.ts'
import { type Parameter, quoteValue } from './dialect-text.ts'

const dialectNames = ['select', 'order', 'limit', 'offset', 'columns', 'on_conflict', 'and', 'or', 'not.and', 'not.or']
/** Names that are no fields in an address: the dialect's own, and those of the page. */
export const reservedNames: ReadonlySet<string> = new Set([...dialectNames, 'q', 'after', 'before', 'rows'])

/**
 * A filter as parameters of an address. No name comes twice, but of clauses that nobody here understands: further clauses of a
 * field stand in `and`.
 *
 * @example
 * printFilter([{ field: 'total', operator: 'atLeast', values: ['100'] }]) // [['total', 'gte.100']]
 */
export function printFilter(clauses: readonly Clause[]): Parameter[] {
  const taken = new Set(reservedNames)
  const alone: Parameter[] = []
  const together: string[] = []
  for (const clause of clauses) {
    const { field, operator, values } = clause
    const isFree = !taken.has(field)
    if (operator === 'other') alone.push([field, values[0] ?? ''])
    else if (isFree && operator !== 'between' && operator !== 'within') alone.push([field, printAlone(clause)])
    else together.push(printMember(clause))
    taken.add(field)
  }
  return together.length === 0 ? alone : [...alone, ['and', `(${together.join(',')})`]]
}

/** The text of a pattern as it is searched for: `*` would be anything, so that it needs a regular expression. */
function printPattern(value: string, isBeginning: boolean): [operator: string, pattern: string] {
  if (value.includes('*')) {
    const pattern = value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    return ['imatch', isBeginning ? `^${pattern}` : pattern]
  }
  const pattern = value.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return ['ilike', isBeginning ? `${pattern}*` : `*${pattern}*`]
}

const comparisons = {
  is: 'eq',
  isNot: 'isdistinct',
  atLeast: 'gte',
  atMost: 'lte',
  above: 'gt',
  below: 'lt',
  covers: 'cs',
} as const

const wholes = { isNull: 'is.null', isNotNull: 'not.is.null', isTrue: 'is.true', isFalse: 'is.false' } as const

/** An operator with its value; the value still as it is. */
function printComparison({ operator, values }: Clause): [operator: string, value: string] {
  const [value = ''] = values
  if (operator === 'contains' || operator === 'startsWith') return printPattern(value, operator === 'startsWith')
  return [comparisons[operator as keyof typeof comparisons], value]
}

function printList(values: readonly string[]): string {
  // A list of one empty text alone would be the list of nothing.
  const members = values.length === 1 && values[0] === '' ? ['', ''] : values
  return `in.(${members.map(quoteValue).join(',')})`
}

function printAlone(clause: Clause): string {
  const { operator, values } = clause
  if (operator in wholes) return wholes[operator as keyof typeof wholes]
  return operator === 'anyOf' ? printList(values) : printComparison(clause).join('.')
}

/**
 * A clause as a member of `and=(…)` and `or=(…)`.
 *
 * @example
 * printMember({ field: 'note', operator: 'is', values: ['a,b'] }) // 'note.eq."a,b"'
 */
export function printMember(clause: Clause): string {
  const { field, operator, values } = clause
  if (operator in wholes) return `${field}.${wholes[operator as keyof typeof wholes]}`
  if (operator === 'anyOf') return `${field}.${printList(values)}`
  if (operator === 'between' || operator === 'within') {
    const [from = '', to = ''] = values.map(quoteValue)
    return `and(${field}.gte.${from},${field}.${operator === 'between' ? 'lte' : 'lt'}.${to})`
  }
  const [word, value] = printComparison(clause)
  return `${field}.${word}.${quoteValue(value)}`
}
