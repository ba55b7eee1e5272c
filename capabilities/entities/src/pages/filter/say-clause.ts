// A clause of a filter as a part of a sentence.
import type { MetaColumn } from '@steward/sdk'
import type { Language } from '@steward/ui'
import type { Clause } from './clause.ts'
import { kindOf } from './column-kind.ts'
import type { filterWords } from './filter-words.ts'

/** What a clause is said with. `titles` are those of referenced records, by key. */
export type Saying = {
  words: (typeof filterWords)['en']
  language: Language
  label: string
  column: MetaColumn | null
  titles?: ReadonlyMap<string, string>
}

/**
 * A clause as people say it.
 *
 * @example
 * sayClause(clause, saying) // 'Total is at least 100,000'
 */
export function sayClause(clause: Clause, saying: Saying): string {
  const { words, label } = saying
  const values = clause.values.map((value) => sayValue(value, saying))
  const [value = '', to = ''] = values
  const isTime = saying.column !== null && ['date', 'moment'].includes(kindOf(saying.column))
  switch (clause.operator) {
    case 'anyOf':
      return words.anyOf({ label, value: values.join(words.or) })
    case 'between':
      return words.between({ label, from: value, to })
    case 'within':
      return sayPeriod(clause.values, saying)
    case 'atLeast':
      return isTime ? words.since({ label, value }) : words.atLeast({ label, value })
    case 'atMost':
      return isTime ? words.until({ label, value }) : words.atMost({ label, value })
    case 'above':
      return isTime ? words.after({ label, value }) : words.above({ label, value })
    case 'below':
      return isTime ? words.before({ label, value }) : words.below({ label, value })
    default:
      return words[clause.operator]({ label, value })
  }
}

/** Days from one to before another: a day alone, or the first and the last. */
function sayPeriod([from = '', until = '']: readonly string[], saying: Saying): string {
  const { words, label } = saying
  if (dayAfter(from) === until) return words.on({ label, value: sayValue(from, saying) })
  const last = dayBefore(until) ?? until
  return words.days({ label, from: sayValue(from, saying), to: sayValue(last, saying) })
}

/** The day after one, as PostgreSQL reads both; null of a text that is no day. */
export function dayAfter(day: string): string | null {
  const named: Readonly<Record<string, string>> = { yesterday: 'today', today: 'tomorrow' }
  return named[day] ?? shifted(day, 1)
}

/** The day before one. */
export function dayBefore(day: string): string | null {
  const named: Readonly<Record<string, string>> = { today: 'yesterday', tomorrow: 'today' }
  return named[day] ?? shifted(day, -1)
}

function shifted(day: string, by: number): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const moment = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(moment.getTime())) return null
  moment.setUTCDate(moment.getUTCDate() + by)
  return moment.toISOString().slice(0, 10)
}

function sayValue(value: string, { words, language, column, titles }: Saying): string {
  const title = titles?.get(value)
  if (title !== undefined) return title
  if (value === '') return '""'
  if (column === null) return value
  const kind = kindOf(column)
  if (kind === 'number' && column.references === null && !column.isKey) return grouped(value)
  if (kind !== 'date' && kind !== 'moment') return value
  if (value === 'today' || value === 'yesterday' || value === 'tomorrow') return words[value]
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayIn(value, language) : value
}

/** Digits in groups; a number stays exact however long it is. */
function grouped(value: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? []
  return whole === '' ? value : sign + whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') + rest
}

function dayIn(value: string, language: Language): string {
  const moment = new Date(`${value}T00:00:00Z`)
  if (Number.isNaN(moment.getTime())) return value
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.format(moment)
}
