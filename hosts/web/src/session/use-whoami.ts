// Who looks: asked once, and again when the page has been away.
import type { Whoami } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useFrame } from '../frame-provider.tsx'

/** The name of the question, to ask it anew. */
export const whoamiKey = ['me'] as const

/** Who looks, what they may do, and at which service. */
export function useWhoami(): UseQueryResult<Whoami> {
  const { client } = useFrame()
  return useQuery({
    queryKey: whoamiKey,
    queryFn: ({ signal }) => client.ask<Whoami>('/me', { signal }),
    staleTime: 60_000,
  })
}
