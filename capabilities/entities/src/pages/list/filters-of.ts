// All that narrows a list down: the filter of its address, and what its search box found.
import type { MetaEntity, StewardClient, Values } from '@steward/sdk'
import type { Parameter } from '../filter/dialect-text.ts'
import { printFilter } from '../filter/print-filter.ts'
import { usableKey } from './list-query.ts'
import type { ListState } from './list-state.ts'
import { keysFilter, searchFilter } from './search-filter.ts'

type Searching = { entity: MetaEntity; text: string; signal: AbortSignal }

/** The filters of a search in this entity: none where nothing is searched for, null where nothing was found. */
export async function searchedFor(
  client: StewardClient,
  { entity, text, signal }: Searching,
): Promise<Parameter[] | null> {
  const sought = text.trim()
  if (sought === '') return []
  const filter = searchFilter(entity, sought)
  if (filter !== null) return [filter]
  const key = usableKey(entity)
  const { hits } = await client.search(sought, { signal })
  const keys = hits.filter((hit) => hit.entity === entity.entity).map((hit): Values => hit.key)
  return keys.length === 0 || key.length === 0 ? null : [keysFilter(key, keys)]
}

/** All filters of what a list shows, whatever its page. */
export async function filtersOf(
  client: StewardClient,
  { entity, state, signal }: { entity: MetaEntity; state: ListState; signal: AbortSignal },
): Promise<Parameter[] | null> {
  const more = await searchedFor(client, { entity, text: state.search, signal })
  return more === null ? null : [...printFilter(state.filter), ...more]
}
