// Where two JSON values differ, path by path.
import { isExactNumber } from '@steward/base'
import { isSameValue } from '../value/value-text.ts'

/** One place where they differ; a side that is missing has nothing there. */
export type PathChange = { path: string; before?: unknown; after?: unknown }

/** What was found, and whether the search was given up: it is no use to anybody beyond so many places. */
export type JsonDiff = { changes: PathChange[]; isWhole: boolean }

const mostChanges = 200
const deepest = 48

/** Whether both are objects, or both are lists: else there are no paths to speak of. */
export function canWalk(before: unknown, after: unknown): boolean {
  return (isList(before) && isList(after)) || (isObject(before) && isObject(after))
}

/**
 * Every path at which two JSON values differ: `address.city`, `lines[2].amount`. Lists are compared from both ends, so that what was put
 * in or taken out in between does not change all that follows.
 *
 * @example
 * diffJson({ a: { b: 1 } }, { a: { b: 2 } }).changes // [{ path: 'a.b', before: 1, after: 2 }]
 */
export function diffJson(before: unknown, after: unknown): JsonDiff {
  const diff: JsonDiff = { changes: [], isWhole: true }
  walk({ path: '', before, after }, 0, diff)
  return diff
}

type Both = { path: string; before: unknown; after: unknown }

function walk(both: Both, depth: number, diff: JsonDiff): void {
  if (!diff.isWhole || isSameValue(both.before, both.after)) return
  if (diff.changes.length >= mostChanges) {
    diff.isWhole = false
    return
  }
  if (depth < deepest && isObject(both.before) && isObject(both.after)) return walkObjects(both, depth, diff)
  if (depth < deepest && isList(both.before) && isList(both.after)) return walkLists(both, depth, diff)
  diff.changes.push(both)
}

function walkObjects({ path, before, after }: Both, depth: number, diff: JsonDiff): void {
  const [one, other] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const place = joined(path, name)
    const [had, has] = [Object.hasOwn(one, name), Object.hasOwn(other, name)]
    if (had && has) walk({ path: place, before: one[name], after: other[name] }, depth + 1, diff)
    else addSide(diff, had ? { path: place, before: one[name] } : { path: place, after: other[name] })
  }
}

function walkLists({ path, before, after }: Both, depth: number, diff: JsonDiff): void {
  const [one, other] = [before as readonly unknown[], after as readonly unknown[]]
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && isSameValue(one[start], other[start])) start++
  let end = 0
  while (end < shorter - start && isSameValue(one[one.length - 1 - end], other[other.length - 1 - end])) end++
  for (let at = start; at < Math.max(one.length, other.length) - end; at++) {
    const place = `${path}[${at}]`
    const [had, has] = [at < one.length - end, at < other.length - end]
    if (had && has) walk({ path: place, before: one[at], after: other[at] }, depth + 1, diff)
    else addSide(diff, had ? { path: place, before: one[at] } : { path: place, after: other[at] })
  }
}

function addSide(diff: JsonDiff, change: PathChange): void {
  if (diff.changes.length < mostChanges) diff.changes.push(change)
  else diff.isWhole = false
}

function joined(path: string, name: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
}
