// What of a list is saved in a view, and a view as a list shows it.
import type { MetaEntity } from '@steward/sdk'
import type { Parameter } from '../filter/dialect-text.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { printFilter } from '../filter/print-filter.ts'
import type { ListState } from '../list/list-state.ts'
import { parseOrder, printOrder } from '../list/order.ts'

/** What a saved view shows. */
export type Shown = { columns: string[] | null; filter: string; order: string }

/** What is saved of a list: neither its page nor what is searched for. */
export function shownOf({ columns, filter, order }: ListState): Shown {
  const parameters = printFilter(filter).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )
  return { columns: columns === null ? null : [...columns], filter: parameters.join('&'), order: printOrder(order) }
}

/** The list that a saved view shows; columns that are gone are left out. */
export function stateOf({ columns, filter, order }: Shown, entity: MetaEntity): Partial<ListState> {
  const known = new Set(entity.columns.map(({ name }) => name))
  const parameters = [...new URLSearchParams(filter)].map(([name, value]): Parameter => [name, value])
  const kept = columns?.filter((name) => known.has(name)) ?? []
  return {
    columns: kept.length > 0 ? kept : null,
    filter: parseFilter(parameters),
    order: parseOrder(order, entity),
    search: '',
  }
}

/** Whether two show the same. */
export function isSame(one: Shown, other: Shown): boolean {
  const text = ({ columns, filter, order }: Shown) => JSON.stringify([columns, [...new URLSearchParams(filter)], order])
  return text(one) === text(other)
}
