// The plan of a revert, by really doing it and rolling it back.

import type { StewardClient } from '@steward/sdk'
import { useSteward } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RevertAnswer } from '../answers.ts'
import { bodyOf, type SingleTarget } from './revert-target.ts'

/** What becomes of what others have edited since. */
export type Choice = 'skip' | 'force'

/** The question of a plan: for one page, or for a list of them. */
export function planQuery(client: StewardClient, target: SingleTarget, choice: Choice) {
  return {
    queryKey: ['trail', 'revert', bodyOf(target), choice],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      client.ask<RevertAnswer>('/trail/revert', {
        body: { ...bodyOf(target), onConflict: choice },
        dryRun: true,
        signal,
      }),
    // A plan is of its moment: it is made anew each time that somebody comes, and stays while they look at it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  }
}

/** What a revert would do now. */
export function usePlan(target: SingleTarget, choice: Choice, isWanted = true): UseQueryResult<RevertAnswer> {
  const { client } = useSteward()
  return useQuery({ ...planQuery(client, target, choice), enabled: isWanted })
}

/** What is done for good: with its reason, and only if the plan is still the one that was looked at. */
export type Doing = { target: SingleTarget; choice: Choice; plan: RevertAnswer; reason: string }

/** Reverts for good. @throws CallError, TRAIL_REVERT_CHANGED where the plan would be another one by now */
export function revertForGood(client: StewardClient, { target, choice, plan, reason }: Doing): Promise<RevertAnswer> {
  const onConflict = plan.plan.conflicts.length === 0 ? 'stop' : choice
  const body = { ...bodyOf(target), onConflict, expect: plan.digest }
  return client.ask<RevertAnswer>('/trail/revert', { body, reason })
}
