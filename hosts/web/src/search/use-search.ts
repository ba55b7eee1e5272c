// Asks all sources of the search at once, and shows what has come so far.

import { useDebouncedValue } from '@mantine/hooks'
import { usePhrase, useSteward } from '@steward/ui'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFrame } from '../frame-provider.tsx'
import { isSignedOut } from '../session/create-queries.ts'
import { type Answered, type FoundGroup, mergeFound } from './merge-found.ts'

/** As long as somebody types faster than this, nobody is asked. */
const pauseMs = 120

/** What was found for `text`; `isBusy` while a source has not answered yet, `failed` names those that could not. */
export type Search = { text: string; groups: FoundGroup[]; isBusy: boolean; failed: string[]; error: unknown }

/** Searches everywhere that the person may see. An empty text finds nothing. */
export function useSearch(typed: string): Search {
  const { capabilities } = useFrame()
  const { client, may } = useSteward()
  const say = usePhrase()
  const [text] = useDebouncedValue(typed.trim(), pauseMs)
  const sources = useMemo(
    () =>
      capabilities.flatMap(({ name, search }) =>
        search === undefined || (search.permission !== undefined && !may(search.permission))
          ? []
          : [{ ...search, name }],
      ),
    [capabilities, may],
  )
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['search', source.name, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.find(client, text, signal),
      enabled: text !== '',
      staleTime: 10_000,
      retry: false,
      // What was found for the word before stays until the next answer: nothing jumps.
      placeholderData: keepPreviousData,
    })),
  })
  const answered: Answered[] = sources.map((source, at) => ({
    source,
    items: text === '' ? undefined : answers[at]?.data,
  }))
  const errors = answers.flatMap(({ error }) => (error === null || isSignedOut(error) ? [] : [error]))
  return {
    text,
    groups: mergeFound(answered),
    isBusy: typed.trim() !== text || answers.some(({ isFetching }) => isFetching),
    failed: sources.filter((_, at) => answers[at]?.isError).map(({ label }) => say(label)),
    error: errors[0] ?? null,
  }
}
