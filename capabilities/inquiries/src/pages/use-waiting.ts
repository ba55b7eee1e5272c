// How many inquiries wait for the person who looks.
import { useSteward } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { type Waiting, waitingFor } from './waiting-for.ts'

const pollMs = 30_000

/** The three counts, asked for without the contract: the menu stands on every page, and it is large; undefined while nobody knows. */
export function useWaiting(): Waiting | undefined {
  const { client } = useSteward()
  const { data } = useQuery({
    queryKey: ['inquiries', 'attention'],
    queryFn: ({ signal }) => client.ask<Waiting>('/inquiries/attention', { signal }),
    refetchInterval: pollMs,
  })
  return data
}

/** For the menu: all that waits for the person, whatever their part is. */
export function useWaitingCount(): number | null {
  const { may } = useSteward()
  const waiting = useWaiting()
  return waiting === undefined ? null : waitingFor(waiting, may('inquiries:take'))
}
