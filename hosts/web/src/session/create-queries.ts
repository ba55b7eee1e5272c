// How questions to the server are repeated and kept, and what is done when the session has ended meanwhile.
import { CallError } from '@steward/sdk'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { keepAnswer } from './keep-answer.ts'
import { tellSessionEnded } from './session-ended.ts'

const mostRetries = 2

/** The questions of one document. What the server has refused is not asked again: the answer would be the same. */
export function createQueries(): QueryClient {
  return new QueryClient({
    // Before anybody was known nothing can have ended, and a wrong password ends nothing.
    queryCache: new QueryCache({
      onError: (error, { queryKey, state }) => {
        if (queryKey[0] !== 'me' || state.data !== undefined) noticeEnd(error)
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _given, _result, { meta }) => {
        if (meta?.['isSignIn'] !== true) noticeEnd(error)
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => count < mostRetries && isWorthRepeating(error),
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        structuralSharing: keepAnswer,
      },
      mutations: { retry: false },
    },
  })
}

/** Whether the same question may have another answer: nobody was there, or too many at once. */
export function isWorthRepeating(error: unknown): boolean {
  return !(error instanceof CallError) || (error.status >= 500 && error.status !== 501)
}

/** Whether the server does not know any more who asks. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof CallError && error.status === 401
}

function noticeEnd(error: unknown): void {
  if (isSignedOut(error)) tellSessionEnded()
}
