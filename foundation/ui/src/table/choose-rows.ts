// Which rows are chosen after somebody chose one, or all between two.

/** A choice: the key that was chosen; with `from`, all rows from that one on. */
export type Choice = { key: string; from: string | null }

/**
 * The chosen rows after a choice: one is taken in or out; of a range all become what the last one becomes.
 *
 * @example
 * [...chooseRows(new Set(), ['a', 'b', 'c'], { key: 'c', from: 'a' })] // ['a', 'b', 'c']
 */
export function chooseRows(selected: ReadonlySet<string>, keys: readonly string[], choice: Choice): Set<string> {
  const { key, from } = choice
  const next = new Set(selected)
  const isTaken = !selected.has(key)
  const [start, end] = [from === null ? -1 : keys.indexOf(from), keys.indexOf(key)].toSorted(
    (one, other) => one - other,
  )
  const range = start === undefined || end === undefined || start < 0 ? [key] : keys.slice(start, end + 1)
  for (const each of range) {
    if (isTaken) next.add(each)
    else next.delete(each)
  }
  return next
}

/** All of these taken in, or out where all of them are in already; others stay as they are. */
export function chooseAll(selected: ReadonlySet<string>, keys: readonly string[]): Set<string> {
  const areAll = keys.every((key) => selected.has(key))
  return areAll ? new Set([...selected].filter((key) => !keys.includes(key))) : new Set([...selected, ...keys])
}
