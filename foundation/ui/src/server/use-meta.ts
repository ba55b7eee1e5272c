// What there is in the database, as the person may see it: asked once, and again when the schema has changed.
import type { Meta, MetaEntity } from '@steward/sdk'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useSteward } from './steward-provider.tsx'

/** All entities that the person may read. */
export function useMeta(): UseQueryResult<Meta> {
  const { client } = useSteward()
  return useQuery({ queryKey: ['meta'], queryFn: ({ signal }) => client.meta({ signal }), staleTime: 60_000 })
}

/** One entity by its name; null where there is none that the person may read, undefined while nobody knows. */
export function useEntity(name: string): MetaEntity | null | undefined {
  const { data } = useMeta()
  return data === undefined ? undefined : (data.entities.find(({ entity }) => entity === name) ?? null)
}
