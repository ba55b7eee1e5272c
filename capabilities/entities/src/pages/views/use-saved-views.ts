// The procedures of saved views, asked by their addresses: their contract alone would bring a whole validator into the page.
import type { AnswerOf, AskedOf } from '@steward/contract'
import type { WriteOptions } from '@steward/sdk'
import { useSteward } from '@steward/ui'
import { useMemo } from 'react'
import type { viewsContract } from '../../contract.ts'

type Contract = typeof viewsContract

/** A view as the server hands it out. */
export type SavedView = AnswerOf<Contract['views']>[number]

/** The procedures as methods. */
export function useSavedViews() {
  const { client } = useSteward()
  return useMemo(
    () => ({
      views: (query: AskedOf<Contract['views']>, { signal }: { signal: AbortSignal }) =>
        client.ask<SavedView[]>('/views/list', { query, signal }),
      saveView: (body: AskedOf<Contract['saveView']>, options: WriteOptions = {}) =>
        client.ask<SavedView>('/views/save', { body, ...options }),
      deleteView: (body: AskedOf<Contract['deleteView']>, options: WriteOptions = {}) =>
        client.ask<SavedView>('/views/delete', { body, ...options }),
    }),
    [client],
  )
}
