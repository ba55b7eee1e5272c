// Which operations are looked for: as an address says it, as the route takes it, and as a sentence.
import { textsOf } from '@steward/ui'

/** What an address says of a search, by these names. */
export const filterNames = ['text', 'actor', 'procedure', 'entity', 'field', 'source', 'from', 'to'] as const

/** What is looked for; `from` and `to` are days or instants. */
export type SearchFilter = Partial<Record<(typeof filterNames)[number], string>>

/** Doors through which operations come. */
export const sources = ['app', 'admin-api', 'backoffice', 'script', 'cli', 'sql', 'system'] as const

/** The filter of an address. */
export function filterOf(search: Readonly<Record<string, unknown>>): SearchFilter {
  return textsOf(search, filterNames)
}

/** The filter as the route takes it. A day is the viewer's: `to` is the last one that is looked at. */
export function queryOf({ from, to, ...filter }: SearchFilter): Readonly<Record<string, string>> {
  return {
    ...filter,
    ...(from === undefined ? {} : { from: beginOf(from) }),
    ...(to === undefined ? {} : { to: endOf(to) }),
  }
}

const day = /^(\d{4})-(\d\d)-(\d\d)$/

function beginOf(text: string): string {
  const [, year, month, date] = day.exec(text) ?? []
  return year === undefined ? text : new Date(Number(year), Number(month) - 1, Number(date)).toISOString()
}

function endOf(text: string): string {
  const [, year, month, date] = day.exec(text) ?? []
  return year === undefined ? text : new Date(Number(year), Number(month) - 1, Number(date) + 1).toISOString()
}
