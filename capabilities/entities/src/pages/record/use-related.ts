// The records of a way, asked for once however many parts of the page show them.
import type { MetaEntity, Values } from '@steward/sdk'
import { type Language, number, useSteward } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { mostCounted, type Related, readRelated } from './read-related.ts'
import type { RelatedWay } from './related-ways.ts'
import { keyTextOf } from './use-record.ts'

type Of = { entity: MetaEntity; recordKey: Values; isWanted: boolean }

/** More are not counted. */
const mostDeleted = 200

/** The first records of a way, and how many there are. */
export function useRelated(way: RelatedWay, { entity, recordKey, isWanted }: Of): UseQueryResult<Related> {
  const { client } = useSteward()
  return useQuery({
    queryKey: ['records', way.target.entity, 'related', entity.entity, keyTextOf(entity, recordKey), way.id],
    queryFn: ({ signal }) => readRelated(client, way, { entity, key: recordKey, signal }),
    enabled: isWanted,
    staleTime: 10_000,
    structuralSharing: false,
  })
}

/** How many records that belonged here were deleted and are not back; as the timeline asks for them, so that it is asked once. */
export function useDeletedCount({ target, asked }: RelatedWay): { count: number; isMore: boolean } {
  const { client, may } = useSteward()
  const [only, ...more] = asked.kind === 'filters' ? asked.filters : []
  const isKept = target.isTracked === true && only !== undefined && more.length === 0 && may('trail:history')
  const [column = '', value = ''] = only ?? []
  const { data } = useQuery({
    queryKey: ['trail', 'deleted', target.entity, column, value],
    queryFn: ({ signal }) =>
      client.ask<{ changes: { isBack: boolean }[] }>(`/trail/deleted/${encodeURIComponent(target.entity)}`, {
        query: { [`filter[${column}]`]: value, limit: mostDeleted },
        signal,
      }),
    enabled: isKept,
    retry: false,
  })
  const gone = data?.changes.filter(({ isBack }) => !isBack) ?? []
  return { count: gone.length, isMore: (data?.changes.length ?? 0) >= mostDeleted }
}

/** How many there are: `31`, or `100+` where nobody wants them counted. */
export function countText({ count }: Related, language: Language): string {
  return count > mostCounted ? `${number(mostCounted, language)}+` : number(count, language)
}
