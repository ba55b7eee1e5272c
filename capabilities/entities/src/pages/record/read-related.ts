// Reads the first records of a way, and whether there are more than anybody wants counted.
import { type MetaEntity, type StewardClient, unwrap, type Values } from '@steward/sdk'
import { quoteName } from '../filter/dialect-text.ts'
import type { RelatedWay } from './related-ways.ts'
import { keyFilters, listen, tableOf } from './select-record.ts'

/** So many are counted; of more it is said that there are more. */
export const mostCounted = 100

/** So many are shown. */
export const mostShown = 5

/** The first records, and how many there are: one more than {@link mostCounted} stands for "more". */
export type Related = { rows: Values[]; count: number }

/**
 * The records of a way, a bounded number of them: no table is counted to its end to draw a page.
 *
 * @throws CallError
 */
export async function readRelated(
  steward: StewardClient,
  way: RelatedWay,
  { entity, key, signal }: { entity: MetaEntity; key: Values; signal: AbortSignal },
): Promise<Related> {
  const { client } = listen(steward)
  const select = selectedOf(way.target).map(quoteName).join(',')
  if (way.asked.kind === 'embed') {
    let query = tableOf(client, entity).select(`related:${way.asked.embed}(${select})`)
    for (const [column, value] of keyFilters(entity, key)) query = query.eq(column, value)
    const rows = await unwrap(query.limit(mostCounted + 1, { referencedTable: 'related' }).abortSignal(signal))
    const { related } = ((rows as unknown as { related: Values | Values[] | null }[])[0] ?? { related: null }) as never
    const found = related === null ? [] : Array.isArray(related) ? (related as Values[]) : [related as Values]
    return { rows: newestFirst(found, way.target).slice(0, mostShown), count: found.length }
  }
  // Without an order: by its key, a database would look through all of the table for the few that fit.
  const filters = way.asked.filters
  let query = tableOf(client, way.target).select(select)
  for (const [column, value] of filters) query = query.eq(quoteName(column), value)
  const found = (await unwrap(query.limit(mostCounted + 1).abortSignal(signal))) as unknown as Values[]
  return { rows: newestFirst(found, way.target).slice(0, mostShown), count: found.length }
}

/** The columns of a related record that say what it is: its key, its title, and a few of its list. */
export function selectedOf({ key, title, list, columns }: MetaEntity): string[] {
  const few = list.filter((name) => !key.includes(name) && name !== title).slice(0, 3)
  const names = [...key, ...(title === null ? [] : [title]), ...few]
  return names.length > 0 ? [...new Set(names)] : columns.slice(0, 4).map(({ name }) => name)
}

// Keys mostly grow; of those that are no numbers the order says nothing, and is at least the same each time.
function newestFirst(rows: readonly Values[], { key }: MetaEntity): Values[] {
  const compare = (one: Values, other: Values) => {
    for (const column of key) {
      const [left, right] = [String(one[column]), String(other[column])]
      if (left === right) continue
      const areNumbers = /^-?\d+$/.test(left) && /^-?\d+$/.test(right)
      if (areNumbers) return BigInt(left) < BigInt(right) ? 1 : -1
      return left < right ? 1 : -1
    }
    return 0
  }
  return rows.toSorted(compare)
}
