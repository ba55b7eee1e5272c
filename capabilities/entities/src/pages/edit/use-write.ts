// Rehearses a write, does it, and tells the rest of the page: what forms and removals have in common.
import type { CallError, ChangeFacts, MetaEntity } from '@steward/sdk'
import { notifyDone, operationPath, useSteward, useWords } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { editWords } from './edit-words.ts'
import { rehearseWrite, type Write, type Written, writeRecord } from './write-record.ts'

/** What a rehearsal showed; `isWhole` says whether effects on other records are among it. */
export type Shown = { changes: readonly ChangeFacts[]; isWhole: boolean }

/** Tries a write out; without a trail, or without dry runs, `own` is all that can be shown. */
export function useRehearsal(entity: MetaEntity) {
  const { client } = useSteward()
  return useMutation({
    mutationFn: async ({ write, own }: { write: Write; own: ChangeFacts }): Promise<Shown> => {
      try {
        const { changes } = await rehearseWrite(client, { entity, write })
        return changes === null ? { changes: [own], isWhole: false } : { changes, isWhole: true }
      } catch (error) {
        if (codeOf(error) === 'ENTITIES_DRY_RUN_REFUSED') return { changes: [own], isWhole: false }
        throw error
      }
    },
  })
}

/** Does a write, says so with a link to its operation, and lets everything that shows the record ask again. */
export function useWrite(entity: MetaEntity, onDone: (written: Written) => void) {
  const { client, may } = useSteward()
  const words = useWords(editWords)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: { write: Write; reason: string }) => writeRecord(client, { entity, ...given }),
    onSuccess: (written, { write }) => {
      const message = { insert: words.createdDone, update: words.saved, delete: words.deletedDone }[write.kind]
      const isLinked = written.operation !== null && entity.isTracked === true && may('trail:operation')
      const link = isLinked ? { path: operationPath(written.operation ?? ''), linkLabel: words.seeOperation } : {}
      notifyDone({ message, ...link })
      onDone(written)
      void queries.invalidateQueries({ queryKey: ['records'] })
      void queries.invalidateQueries({ queryKey: ['trail'] })
    },
  })
}

/** Whether somebody was quicker. */
export function isOvertaken(error: unknown): boolean {
  return codeOf(error) === 'ENTITIES_CHANGED_SINCE'
}

function codeOf(error: unknown): string | null {
  return (error as Partial<CallError> | null)?.code ?? null
}
