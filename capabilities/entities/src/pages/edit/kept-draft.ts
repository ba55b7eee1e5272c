// What was typed and is not saved yet, kept in this tab: an expired session, a reload or a broken connection loses nothing.
import type { Texts } from './merge-edits.ts'

/** A form that is being filled in. */
export type Draft = {
  /** The record as it was when the form was opened; what a new record was prefilled with. */
  was: Texts
  etag: string | null
  edits: Texts
  reason: string
}

const prefix = 'steward.draft '

/** Keeps a draft under a name; without an edit there is nothing to keep. */
export function keepDraft(name: string, draft: Draft): void {
  try {
    if (Object.keys(draft.edits).length === 0) sessionStorage.removeItem(prefix + name)
    else sessionStorage.setItem(prefix + name, JSON.stringify(draft))
  } catch {
    // A browser without storage, or a full one, keeps the draft in the page alone.
  }
}

/** The draft under a name, or null. */
export function readDraft(name: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(prefix + name) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

/** Forgets a draft. */
export function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(prefix + name)
  } catch {
    // There is nothing to forget.
  }
}

// It may be of another version of this page.
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false
  const { was, edits, reason, etag } = kept as Partial<Record<keyof Draft, unknown>>
  const isTag = etag === null || typeof etag === 'string'
  return isTexts(was) && isTexts(edits) && typeof reason === 'string' && isTag
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => text === null || typeof text === 'string')
  )
}
