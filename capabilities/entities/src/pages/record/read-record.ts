// Reads one record as it is now, to the last digit, with the version that a write can hold on to.
import { parseJson } from '@steward/base'
import { type MetaEntity, type StewardClient, unwrap, type Values } from '@steward/sdk'
import { keyFilters, listen, tableOf } from './select-record.ts'

/** A record as it was read. `etag` is null where the entity has no versions. */
export type ReadRecord = { record: Values; etag: string | null }

/** The record of a key; null where there is none, or none that the person sees. @throws CallError */
export async function readRecord(
  steward: StewardClient,
  { entity, key, signal }: { entity: MetaEntity; key: Values; signal?: AbortSignal },
): Promise<ReadRecord | null> {
  const { client, heard } = listen(steward)
  let query = tableOf(client, entity).select('*')
  for (const [column, value] of keyFilters(entity, key)) query = query.eq(column, value)
  await unwrap(signal === undefined ? query : query.abortSignal(signal))
  const { etag, text } = heard()
  const [record] = parseJson(text) as Values[]
  return record === undefined ? null : { record: { ...record }, etag }
}
