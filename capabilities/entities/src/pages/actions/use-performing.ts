// Tries an action out and performs it.
import type { CallError, ChangeFacts, MetaAction, Values } from '@steward/sdk'
import { notifyDone, operationPath, useSteward, useWords } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { listen } from '../record/select-record.ts'
import { actionWords } from './action-words.ts'

/** What a dry run showed; changes are null where no trail could show them. */
export type Tried = { result: unknown; changes: readonly ChangeFacts[] | null }

/** What a performance answered, and its operation; null where it left none. */
type Performed = { result: unknown; operation: string | null }

/** The dry run of an action, and its performance. */
export function usePerforming({ procedure, effect }: MetaAction) {
  const { client, may } = useSteward()
  const words = useWords(actionWords)
  const queries = useQueryClient()
  const trial = useMutation({
    mutationFn: async (input: Values): Promise<Tried> => {
      try {
        return await client.dryRun((trying) => trying.call(procedure, input as never))
      } catch (error) {
        if ((error as Partial<CallError>).code !== 'ENTITIES_TRAIL_MISSING') throw error
        const result = await client.call(procedure, input, { dryRun: true })
        return { result, changes: null }
      }
    },
  })
  const performance = useMutation({
    mutationFn: async ({ input, reason }: { input: Values; reason: string }): Promise<Performed> => {
      const listening = listen(client, {
        isForEntities: false,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      })
      const result = await listening.client.call(procedure, input, { isConfirmed: effect === 'danger' })
      return { result, operation: effect === 'read' ? null : listening.heard().operation }
    },
    onSuccess: ({ operation }) => {
      if (effect === 'read') return
      const isLinked = operation !== null && may('trail:operation')
      const link = isLinked ? { path: operationPath(operation), linkLabel: words.seeOperation } : {}
      notifyDone({ message: words.done({ procedure }), ...link })
      void queries.invalidateQueries({ queryKey: ['records'] })
      void queries.invalidateQueries({ queryKey: ['trail'] })
    },
  })
  return { trial, performance }
}
