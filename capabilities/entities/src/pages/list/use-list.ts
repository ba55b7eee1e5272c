// A list as its page has it: what the address says, the records, and how to show something else.
import type { MetaEntity } from '@steward/sdk'
import { useSteward } from '@steward/ui'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { searchedFor } from './filters-of.ts'
import { type ListPage, readPage } from './list-query.ts'
import { type ListState, printState, readState, type Search } from './list-state.ts'

/** What a list shows, and how to let it show something else. */
export type List = {
  entity: MetaEntity
  entities: readonly MetaEntity[]
  state: ListState
  /** Goes back to the first page, unless a place is given. */
  show: (change: Partial<ListState>) => void
  query: UseQueryResult<ListPage>
}

/** The list of an entity. */
export function useList(entity: MetaEntity, entities: readonly MetaEntity[]): List {
  const { client } = useSteward()
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const state = useMemo(() => readState(search, entity), [search, entity])
  const query = useQuery({
    queryKey: ['entities', 'list', entity.entity, printState(state)],
    queryFn: async ({ signal }) => {
      const more = await searchedFor(client, { entity, text: state.search, signal })
      if (more === null) return { rows: [], next: null, previous: null, hasMore: false }
      return readPage(client, { entity, entities, state }, { more, signal })
    },
    placeholderData: keepPreviousData,
  })
  const show = useCallback(
    (change: Partial<ListState>) => {
      const next = printState({ ...state, place: null, rows: null, ...change })
      void navigate({ to: '.', search: next })
    },
    [state, navigate],
  )
  return { entity, entities, state, show, query }
}
