// What many changes come to for each record: the state before the first and after the last. Pure.
import type { Values } from './values.ts'

/** One change as the trail stored it; columns carry today's names. */
export type StoredChange = {
  id: bigint
  relationId: number
  kind: 'insert' | 'update' | 'delete' | 'truncate'
  key: string | null
  previousKey: string | null
  before: Values
  after: Values
}

/**
 * What happened to one record in all. `keyBefore` null: it did not exist before; `keyAfter` null: it does not exist
 * after. Of a record that existed on both sides, `before` and `after` hold the columns that changed; of one that was
 * inserted or deleted the whole row.
 */
export type NetEffect = {
  relationId: number
  keyBefore: string | null
  keyAfter: string | null
  before: Values
  after: Values
  /** The last change that took part: edits after it are somebody else's. */
  lastChange: bigint
}

/** Folds changes, oldest first, into one effect a record; records that end as they began are left out. */
export function netEffects(changes: StoredChange[]): NetEffect[] {
  const effects: NetEffect[] = []
  const living = new Map<string, NetEffect>()
  const gone = new Map<string, NetEffect>()
  const place = (relationId: number, key: string) => `${relationId} ${key}`

  for (const change of changes) {
    if (change.key === null) continue
    const here = place(change.relationId, change.key)
    const there = place(change.relationId, change.previousKey ?? change.key)
    const known = living.get(there)
    const effect = known ?? begin(change)
    if (!known && change.kind !== 'insert') effects.push(effect)
    if (change.kind === 'insert') {
      const returning = gone.get(here)
      if (returning) {
        gone.delete(here)
        living.set(here, comeBack(returning, change))
      } else {
        effects.push(effect)
        living.set(here, effect)
      }
    } else if (change.kind === 'update') {
      living.delete(there)
      living.set(here, edit(effect, change))
    } else {
      living.delete(there)
      vanish(effect, change)
      if (effect.keyBefore !== null) gone.set(place(change.relationId, effect.keyBefore), effect)
    }
    effect.lastChange = change.id
  }
  return effects.filter((effect) => effect.keyBefore !== null || effect.keyAfter !== null).filter(hasEffect)
}

function begin(change: StoredChange): NetEffect {
  const existed = change.kind !== 'insert'
  return {
    relationId: change.relationId,
    keyBefore: existed ? (change.previousKey ?? change.key) : null,
    keyAfter: change.key,
    before: new Map(),
    after: existed ? new Map() : change.after,
    lastChange: change.id,
  }
}

function edit(effect: NetEffect, change: StoredChange): NetEffect {
  effect.keyAfter = change.key
  const after = new Map(effect.after)
  for (const [column, wrote] of change.after) {
    const was = change.before.get(column) ?? null
    // Somebody else wrote in between: only the part after them is ours to take back.
    if (effect.keyBefore !== null && (!after.has(column) || after.get(column) !== was)) effect.before.set(column, was)
    after.set(column, wrote)
  }
  effect.after = after
  return effect
}

function vanish(effect: NetEffect, change: StoredChange): void {
  const whole = new Map(change.before)
  for (const [column, was] of effect.before) {
    if (effect.after.get(column) === change.before.get(column)) whole.set(column, was)
  }
  effect.before = effect.keyBefore === null ? new Map() : whole
  effect.after = new Map()
  effect.keyAfter = null
}

function comeBack(effect: NetEffect, change: StoredChange): NetEffect {
  effect.keyAfter = change.key
  effect.after = new Map(change.after)
  effect.lastChange = change.id
  return effect
}

function hasEffect(effect: NetEffect): boolean {
  if (effect.keyBefore === null || effect.keyAfter === null || effect.keyBefore !== effect.keyAfter) return true
  for (const [column, was] of effect.before) if (effect.after.get(column) !== was) return true
  return false
}
