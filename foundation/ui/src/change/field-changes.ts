// What one change did, field by field, in the order in which people want to read it.
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import { isSameValue } from '../value/value-text.ts'
import type { ShownChange } from './change-subject.ts'

/** A field of a change. `side` says where it has a value: a row that came has none before. */
export type FieldChange = {
  name: string
  column: MetaColumn | null
  side: 'both' | 'before' | 'after'
  before: unknown
  after: unknown
  isMasked: boolean
  /** It changed, and nothing of that can be seen in masked form. */
  isHidden: boolean
}

/** The fields of a change: those that matter, and how many of a row that came or went are folded away. */
export type FieldChanges = { first: FieldChange[]; rest: FieldChange[] }

/** Of a row that came or went so many fields are shown at once. */
const shownFields = 6

/**
 * The fields of a change. An update has those that changed, in the order of the entity's columns; a row that came or went has its
 * important ones first, and those without a value last.
 *
 * @example
 * fieldChanges(change, entity).first.map(({ name }) => name) // ['status', 'total']
 */
export function fieldChanges(
  change: ShownChange,
  entity: MetaEntity | null | undefined,
  only?: readonly string[],
): FieldChanges {
  const { before, after, kind } = change
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const fields = names
    .filter((name) => only === undefined || only.includes(name))
    .map((name) => fieldOf(name, change, entity))
  if (kind === 'update') {
    const rank = rankInUpdate(entity)
    return { first: fields.toSorted((one, other) => rank(one) - rank(other)), rest: [] }
  }
  const rank = rankInRow(entity)
  const sorted = fields.toSorted((one, other) => rank(one) - rank(other))
  const shown = Math.min(shownFields, Math.max(1, sorted.filter((field) => hasValue(field)).length))
  // One field alone is not worth a button.
  const count = sorted.length - shown === 1 ? sorted.length : shown
  return { first: sorted.slice(0, count), rest: sorted.slice(count) }
}

function fieldOf(name: string, change: ShownChange, entity: MetaEntity | null | undefined): FieldChange {
  const { before, after, masked } = change
  const column = entity?.columns.find((each) => each.name === name) ?? null
  const side = before === null ? 'after' : after === null ? 'before' : 'both'
  const isMasked = masked?.includes(name) ?? column?.masked != null
  const [was, is] = [before?.[name], after?.[name]]
  return { name, column, side, before: was, after: is, isMasked, isHidden: isMasked && isSameValue(was, is) }
}

function rankInUpdate(entity: MetaEntity | null | undefined): (field: FieldChange) => number {
  const place = placeOf(entity)
  return ({ name, column }) => (column?.importance === 'low' ? 10_000 : 0) + place(name)
}

function rankInRow(entity: MetaEntity | null | undefined): (field: FieldChange) => number {
  const place = placeOf(entity)
  const listed = new Set(entity?.list ?? [])
  return (field) => {
    const { name, column } = field
    if (!hasValue(field)) return 100_000 + place(name)
    if (column?.isKey) return place(name)
    if (name === entity?.title) return 1000
    const importance = { high: 2000, normal: 20_000, low: 40_000 }[column?.importance ?? 'normal']
    return importance - (listed.has(name) ? 1000 : 0) + place(name)
  }
}

function placeOf(entity: MetaEntity | null | undefined): (name: string) => number {
  const places = new Map(entity?.columns.map(({ name }, at) => [name, at]))
  return (name) => places.get(name) ?? 900
}

function hasValue({ before, after, isMasked }: FieldChange): boolean {
  return isMasked || (before ?? after) != null
}
