// A form that is being filled in, and the record that it is about: one that others may change meanwhile.
import type { MetaEntity } from '@steward/sdk'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type Draft, dropDraft, keepDraft, readDraft } from './kept-draft.ts'
import { type Merged, mergeEdits, onlyChanged, type Texts } from './merge-edits.ts'

/** What is read now. */
type Latest = { texts: Texts; etag: string | null }

/** A draft, and what can be done with it. */
type Drafting = {
  draft: Draft
  /** What differs from the record, and would be sent. */
  changed: Texts
  /** Whether it was found in this tab when the form was opened. */
  isRestored: boolean
  /** What became of the draft and what somebody else wrote; null while nobody did. */
  merged: Merged | null
  set: (column: string, text: string | null | undefined) => void
  setReason: (reason: string) => void
  /** Goes on from the record as it is now. */
  rebase: (edits: Texts) => void
  discard: () => void
}

/** The draft under a name, begun from what is read now. */
export function useDraft(name: string, entity: MetaEntity, latest: Latest, begun: Texts = {}): Drafting {
  const fresh = (edits: Texts): Draft => ({ was: latest.texts, etag: latest.etag, edits, reason: '' })
  const [kept] = useState(() => readDraft(name))
  const [draft, setDraft] = useState<Draft>(() => kept ?? fresh(begun))
  const [isRestored, setRestored] = useState(kept !== null)
  useEffect(() => keepDraft(name, draft), [name, draft])
  const { columns } = entity
  const merged = useMemo(() => {
    const all = mergeEdits({ was: draft.was, now: latest.texts, mine: draft.edits, columns })
    const isStale = draft.etag !== latest.etag || all.theirs.length > 0 || all.collisions.length > 0
    return isStale ? all : null
  }, [draft, latest, columns])
  const set = useCallback((column: string, text: string | null | undefined) => {
    setDraft(({ edits: { [column]: _, ...others }, ...more }) => ({
      ...more,
      edits: text === undefined ? others : { ...others, [column]: text },
    }))
  }, [])
  return {
    draft,
    changed: useMemo(() => onlyChanged(draft.edits, draft.was, columns), [draft, columns]),
    isRestored,
    merged,
    set,
    setReason: useCallback((reason: string) => setDraft((before) => ({ ...before, reason })), []),
    rebase: (edits) => setDraft({ ...draft, was: latest.texts, etag: latest.etag, edits }),
    discard: () => {
      dropDraft(name)
      setDraft(fresh({}))
      setRestored(false)
    },
  }
}
