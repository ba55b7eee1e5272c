// Walks back in time: takes changes off the rows as they are now, newest first, until the rows are as they were.

/** A row on its way back: columns under today's names, each value as its JSON text. */
export type PastRow = {
  values: Map<string, string>
  /** Columns whose JSON null is the json value null, and not SQL NULL. */
  literalNulls: Set<string>
  /** False when the row was there, or may have been, without the trail knowing all of it. */
  isWhole: boolean
}

/** A change that is to be undone, its columns under today's names. A truncate without key took rows nobody wrote down. */
export type UndoneChange = {
  id: bigint
  kind: 'i' | 'u' | 'd' | 't'
  transaction: string
  key: string | null
  previousKey: string | null
  before: Map<string, string>
  after: Map<string, string>
  literalNulls: Set<string>
}

/**
 * The rows by key after all changes were undone. `isSound` is false when a change did not find the row as it had left it:
 * something was changed past the trail. While keys move, several rows may pass through one key; the oldest is the first.
 */
export type Undone = { rows: Map<string, PastRow[]>; isSound: boolean }

// A row changed by a trigger in the middle of its own statement is captured before that statement is: only within a
// transaction, and never far.
const farthestSwap = 1000

/**
 * Undoes the changes, which must come newest first. `keysOfInterest` are those that a noted TRUNCATE may have emptied.
 * `isComparable` says of a column whether the text of its values is the same today as then.
 */
export function undo(
  rows: Map<string, PastRow[]>,
  changes: readonly UndoneChange[],
  keysOfInterest: Iterable<string>,
  isComparable: (column: string) => boolean,
): Undone {
  const left = [...changes]
  let isSound = true
  for (let place = 0; place < left.length; place++) {
    if (!fits(rows, left[place] as UndoneChange, isComparable)) {
      const better = findFitting(rows, left, place, isComparable)
      if (better === null) isSound = false
      else left.splice(place, 0, ...left.splice(better, 1))
    }
    undoOne(rows, left[place] as UndoneChange, keysOfInterest)
  }
  for (const standing of rows.values()) if (standing.length > 1) isSound = false
  return { rows, isSound }
}

function findFitting(
  rows: Map<string, PastRow[]>,
  changes: readonly UndoneChange[],
  place: number,
  isComparable: (column: string) => boolean,
): number | null {
  const change = changes[place] as UndoneChange
  const end = Math.min(changes.length, place + farthestSwap)
  for (let other = place + 1; other < end; other++) {
    const candidate = changes[other] as UndoneChange
    if (candidate.transaction !== change.transaction) return null
    const isSameRecord =
      candidate.key === change.key || candidate.key === change.previousKey || candidate.previousKey === change.key
    if (isSameRecord && fits(rows, candidate, isComparable)) return other
  }
  return null
}

// Whether the rows are as this change had left them.
function fits(rows: Map<string, PastRow[]>, change: UndoneChange, isComparable: (column: string) => boolean): boolean {
  if (change.key === null) return true
  const row = rows.get(change.key)?.[0]
  if (change.kind === 'd' || change.kind === 't') return row === undefined || !row.isWhole
  if (row === undefined) return false
  for (const [column, text] of change.after) {
    const now = row.values.get(column)
    if (now !== undefined && now !== text && isComparable(column)) return false
  }
  return true
}

function undoOne(rows: Map<string, PastRow[]>, change: UndoneChange, keysOfInterest: Iterable<string>): void {
  if (change.key === null) {
    for (const key of keysOfInterest) if (!rows.get(key)?.length) rows.set(key, [unknownRow()])
    return
  }
  const standing = rows.get(change.key) ?? []
  rows.set(change.key, standing)
  if (change.kind === 'i') standing.shift()
  else if (change.kind === 'u') undoUpdate(rows, standing, change)
  else {
    if (standing[0]?.isWhole === false) standing.shift()
    standing.push({ values: new Map(change.before), literalNulls: literalNullsOf(change), isWhole: true })
  }
}

function undoUpdate(rows: Map<string, PastRow[]>, standing: PastRow[], change: UndoneChange): void {
  const row = standing[0] ?? unknownRow()
  for (const [column, text] of change.before) {
    row.values.set(column, text)
    if (change.literalNulls.has(`-${column}`)) row.literalNulls.add(column)
    else row.literalNulls.delete(column)
  }
  const { previousKey } = change
  if (previousKey === null) {
    if (standing.length === 0) standing.push(row)
    return
  }
  standing.shift()
  const there = rows.get(previousKey) ?? []
  there.push(row)
  rows.set(previousKey, there)
}

function literalNullsOf({ literalNulls }: UndoneChange): Set<string> {
  return new Set([...literalNulls].filter((name) => name.startsWith('-')).map((name) => name.slice(1)))
}

function unknownRow(): PastRow {
  return { values: new Map(), literalNulls: new Set(), isWhole: false }
}
