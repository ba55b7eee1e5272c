// In which order rows may be written back: parents before children, values released before they are taken. Pure.
import type { Table } from './tables.ts'
import { tupleOf, type Values } from './values.ts'

/** A row to be written, with its whole state on both sides; null where it does not exist. */
export type Step = { relationId: number; now: Values | null; then: Values | null }

type Index = Map<string, number[]>

/**
 * Gives each step the level on which it may run: all steps of a level are independent of each other. Steps that depend
 * on each other in a circle come together on the last level.
 */
export function levelsOf(steps: Step[], tables: Map<number, Table>): number[][] {
  const edges: Set<number>[] = steps.map(() => new Set())
  const connect = (first: number, second: number) => {
    if (first !== second) edges[first]?.add(second)
  }
  for (const table of tables.values()) {
    orderUniqueKeys(steps, table, connect)
    for (const foreignKey of table.parents) {
      const parent = [...tables.values()].find((candidate) => candidate.oid === foreignKey.parentOid)
      if (parent) orderForeignKey(steps, table, parent, foreignKey, connect)
    }
  }
  return levels(steps.length, edges)
}

type Connect = (first: number, second: number) => void

// A value must be released by one row before another takes it.
function orderUniqueKeys(steps: Step[], table: Table, connect: Connect): void {
  for (const columns of table.uniqueKeys) {
    const { released, taken } = movement(steps, table.relationId, columns)
    for (const [tuple, takers] of taken) {
      for (const releaser of released.get(tuple) ?? []) for (const taker of takers) connect(releaser, taker)
    }
  }
}

// A parent must be there before a child refers to it, and stay until no child does.
function orderForeignKey(
  steps: Step[],
  child: Table,
  parent: Table,
  foreignKey: { columns: string[]; referenced: string[]; cascadesUpdates: boolean },
  connect: Connect,
): void {
  const provided = movement(steps, parent.relationId, foreignKey.referenced)
  const used = movement(steps, child.relationId, foreignKey.columns)
  for (const [tuple, children] of used.taken) {
    for (const provider of provided.taken.get(tuple) ?? []) for (const user of children) connect(provider, user)
  }
  for (const [tuple, children] of used.released) {
    for (const remover of provided.released.get(tuple) ?? []) {
      // the key moves by an update that cascades: the database takes the children along
      if (foreignKey.cascadesUpdates && steps[remover]?.then) continue
      for (const user of children) connect(user, remover)
    }
  }
}

/** Which tuples of these columns each step gives up and takes on. */
function movement(steps: Step[], relationId: number, columns: string[]): { released: Index; taken: Index } {
  const released: Index = new Map()
  const taken: Index = new Map()
  steps.forEach((step, index) => {
    if (step.relationId !== relationId) return
    const now = step.now && tupleOf(step.now, columns)
    const then = step.then && tupleOf(step.then, columns)
    if (now === then) return
    if (now) released.set(now, [...(released.get(now) ?? []), index])
    if (then) taken.set(then, [...(taken.get(then) ?? []), index])
  })
  return { released, taken }
}

function levels(count: number, edges: Set<number>[]): number[][] {
  const waitingFor = new Array<number>(count).fill(0)
  for (const targets of edges) for (const target of targets) waitingFor[target] = (waitingFor[target] ?? 0) + 1
  const result: number[][] = []
  let ready = waitingFor.flatMap((open, index) => (open === 0 ? [index] : []))
  let placed = 0
  while (ready.length > 0) {
    result.push(ready)
    placed += ready.length
    const next: number[] = []
    for (const index of ready) {
      for (const target of edges[index] ?? []) {
        const open = (waitingFor[target] ?? 0) - 1
        waitingFor[target] = open
        if (open === 0) next.push(target)
      }
    }
    ready = next
  }
  if (placed < count) result.push(waitingFor.flatMap((open, index) => (open > 0 ? [index] : [])))
  return result
}
