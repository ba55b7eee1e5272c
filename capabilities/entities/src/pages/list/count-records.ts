// Counts exactly what a list shows.
import { type MetaEntity, type StewardClient, unwrap } from '@steward/sdk'
import { quoteName } from '../filter/dialect-text.ts'
import { filtersOf } from './filters-of.ts'
import { asking } from './list-query.ts'
import type { ListState } from './list-state.ts'

type Counting = { entity: MetaEntity; state: ListState; signal: AbortSignal }

/** How many records match. @throws CallError */
export async function countRecords(client: StewardClient, counting: Counting): Promise<number> {
  const { entity, signal } = counting
  const filters = await filtersOf(client, counting)
  if (filters === null) return 0
  const column = entity.key[0] ?? entity.columns.find(({ readable }) => readable)?.name ?? '*'
  const query = asking(client, { entity, select: quoteName(column), filters, prefers: ['count=exact'] })
  const answer = await query.limit(1).abortSignal(signal)
  await unwrap(Promise.resolve(answer))
  return answer.count ?? 0
}
