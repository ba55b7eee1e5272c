// Two people edit one record: what each of them wrote is kept where it does not collide, and where it does somebody chooses.
import type { MetaColumn, Values } from '@steward/sdk'
import { isSameText, type Typed, valueText } from '../record/value-text.ts'

/** The exact texts of columns; null is NULL. */
export type Texts = Readonly<Record<string, string | null>>

/** Columns with their types. */
type Columns = readonly (Typed & Pick<MetaColumn, 'name'>)[]

/** A column that both have written, and not the same. */
export type Collision = { column: string; was: string | null; theirs: string | null; mine: string | null }

/** What became of two edits of the same record. */
export type Merged = {
  /** What is still to be written: mine, without what they have written just so, and without what collides. */
  edits: Texts
  collisions: Collision[]
  /** Columns that they alone have written. */
  theirs: string[]
}

/** A record as it was read and as it is now, and what was typed in between. */
type Merging = { was: Texts; now: Texts; mine: Texts; columns: Columns }

/** A record as texts. */
export function textsOf(record: Values, columns: Columns): Texts {
  return Object.fromEntries(columns.map((column) => [column.name, valueText(record[column.name], column)]))
}

/**
 * Merges what was typed into a record that somebody else has changed meanwhile.
 *
 * @example
 * const columns = [{ name: 'note', baseType: 'text' }]
 * mergeEdits({ was: { note: 'a' }, now: { note: 'b' }, mine: { note: 'c' }, columns }).collisions.length // 1
 */
export function mergeEdits({ was, now, mine, columns }: Merging): Merged {
  const edits: Record<string, string | null> = {}
  const collisions: Collision[] = []
  const theirs: string[] = []
  for (const column of columns) {
    const { name } = column
    const [before, current, typed] = [was[name] ?? null, now[name] ?? null, mine[name] ?? null]
    const isTheirs = !isSameText(before, current, column)
    const isMine = Object.hasOwn(mine, name)
    if (!isMine && isTheirs) theirs.push(name)
    if (!isMine || isSameText(current, typed, column)) continue
    if (isTheirs) collisions.push({ column: name, was: before, theirs: current, mine: typed })
    else edits[name] = typed
  }
  return { edits, collisions, theirs }
}

/** Edits without what is as it was. */
export function onlyChanged(edits: Texts, was: Texts, columns: Columns): Texts {
  return mergeEdits({ was, now: was, mine: edits, columns }).edits
}

/** What is written once each collision is decided: what is left to them is left out. */
export function settle({ edits, collisions }: Merged, choices: Readonly<Record<string, 'mine' | 'theirs'>>): Texts {
  const chosen = collisions.filter(({ column }) => choices[column] === 'mine')
  return { ...edits, ...Object.fromEntries(chosen.map(({ column, mine }) => [column, mine])) }
}
