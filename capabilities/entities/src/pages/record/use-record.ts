// The record that an address names: as it is now, and the last thing that happened to it.
import type { Change, MetaEntity, Values } from '@steward/sdk'
import { useSteward } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReadRecord, readRecord } from './read-record.ts'

/** The key of a record as one text: what tells its answers from those of others. */
export function keyTextOf({ key }: Pick<MetaEntity, 'key'>, values: Values): string {
  return JSON.stringify(key.map((column) => values[column] ?? null))
}

/** The record now; null where there is none that the person sees. */
export function useRecord(entity: MetaEntity, recordKey: Values): UseQueryResult<ReadRecord | null> {
  const { client } = useSteward()
  return useQuery({
    queryKey: ['records', entity.entity, keyTextOf(entity, recordKey)],
    queryFn: ({ signal }) => readRecord(client, { entity, key: recordKey, signal }),
    // Exact numbers are compared by nobody but us.
    structuralSharing: false,
  })
}

/** The last change of the record; null where the trail knows of none, or the person may not ask it. */
export function useLastChange(entity: MetaEntity, recordKey: Values): UseQueryResult<Change | null> {
  const { client, may } = useSteward()
  const isAsked = entity.isTracked === true && may('trail:history')
  return useQuery({
    queryKey: ['trail', 'history', entity.entity, keyTextOf(entity, recordKey), 'last'],
    queryFn: async ({ signal }) => {
      if (!isAsked) return null
      const [last] = await client.history(entity.entity, recordKey, { limit: 1, signal })
      return last ?? null
    },
    structuralSharing: false,
  })
}
