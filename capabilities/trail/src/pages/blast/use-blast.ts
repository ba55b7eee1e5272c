// What a procedure touched in a period, asked for once.
import { useSteward } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { BlastAnswer } from '../answers.ts'

/** Which procedure, from when (inclusive) to when (exclusive). */
export type BlastQuestion = { procedure: string; from: string; to: string }

/** The blast radius of a procedure. */
export function useBlast({ procedure, from, to }: BlastQuestion): UseQueryResult<BlastAnswer> {
  const { client } = useSteward()
  return useQuery({
    queryKey: ['trail', 'blast', procedure, from, to],
    queryFn: ({ signal }) => client.ask<BlastAnswer>('/trail/blast', { query: { procedure, from, to }, signal }),
  })
}
