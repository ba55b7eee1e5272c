// The plans of several operations, made two at a time: each of them does everything and rolls it back.
import { useSteward } from '@steward/ui'
import { type UseQueryResult, useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ListedOperation, RevertAnswer } from '../answers.ts'
import { planQuery } from './use-plan.ts'

const atOnce = 2

/** The plans by operation, how many of them have come, and how to make all of them anew. */
export function usePlans(operations: readonly ListedOperation[]): {
  plans: ReadonlyMap<string, UseQueryResult<RevertAnswer>>
  planned: number
  planAnew: () => void
} {
  const { client } = useSteward()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(atOnce)
  const results = useQueries({
    queries: operations.map(({ id }, place) => ({
      ...planQuery(client, { kind: 'operation', operation: id }, 'skip'),
      enabled: place < wanted,
    })),
  })
  const planned = results.filter(({ isPending, isError }) => !isPending || isError).length
  useEffect(() => setWanted(planned + atOnce), [planned])
  return {
    plans: new Map(results.map((result, place) => [operations[place]?.id ?? '', result])),
    planned,
    planAnew: () => {
      setWanted(atOnce)
      void queries.resetQueries({ queryKey: ['trail', 'revert'] })
    },
  }
}
