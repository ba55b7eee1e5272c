// Who looks: asked once, and again when the page has been away.
import type { Whoami } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useFrame } from '../frame-provider.tsx'
import { keepApart } from './keep-apart.ts'

/** The name of the question, to ask it anew. */
export const whoamiKey = ['me'] as const

/** Who looks, what they may do, and at which service. */
export function useWhoami(): UseQueryResult<Whoami> {
  const { client } = useFrame()
  return useQuery({
    queryKey: whoamiKey,
    queryFn: async ({ signal, client: queries }) => {
      const now = await client.ask<Whoami>('/me', { signal })
      const before = queries.getQueryData<Whoami>(whoamiKey)
      keepApart(now.actor)
      // Somebody else has signed in beside this page: it shows what they may not see.
      if (before !== undefined && before.actor.id !== now.actor.id) location.reload()
      return now
    },
    staleTime: 60_000,
    // Coming back from another tab, one may be somebody else.
    refetchOnWindowFocus: 'always',
  })
}
