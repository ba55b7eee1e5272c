// An operation with its changes, asked for once however many parts of a page show it.
import { useSteward } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '../answers.ts'

/** An operation by its id; nothing is asked for until `isWanted`. */
export function useOperation(id: string, isWanted = true): UseQueryResult<OperationAnswer> {
  const { client } = useSteward()
  return useQuery({
    queryKey: ['trail', 'operation', id],
    enabled: isWanted,
    queryFn: ({ signal }) => client.ask<OperationAnswer>(`/trail/operations/${encodeURIComponent(id)}`, { signal }),
  })
}
