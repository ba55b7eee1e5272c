// What is wrong with which field, in the language that is spoken: what cannot be sent, and what the database refused.
import type { MetaEntity } from '@steward/sdk'
import { useWords } from '@steward/ui'
import { editWords } from './edit-words.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { Texts } from './merge-edits.ts'

type Given = { entity: MetaEntity; edits: Texts; unreadable: readonly string[]; error: unknown }

/** Errors by column. */
export function useFieldErrors({ entity, edits, unreadable, error }: Given): Record<string, string> {
  const words = useWords(editWords)
  const refused = Object.entries(explainRefusal(error, { entity, edits }))
  return {
    ...Object.fromEntries(refused.map(([column, problem]) => [column, words[problem]])),
    ...Object.fromEntries(unreadable.map((column) => [column, words.noJson])),
  }
}
