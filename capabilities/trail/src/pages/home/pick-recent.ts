// Which of the latest operations a home page shows.
import type { ListedOperation } from '../answers.ts'

/** The latest that people did; where they did none, the latest of all. What is nested says more than the request around it. */
export function pickRecent(
  operations: readonly ListedOperation[],
  most: number,
): { picked: ListedOperation[]; isOfPeople: boolean } {
  const parents = new Set(operations.map(({ parentId }) => parentId))
  const innermost = operations.filter(({ id }) => !parents.has(id))
  const ofPeople = innermost.filter(({ actor: { type } }) => type === 'user' || type === 'staff')
  const isOfPeople = ofPeople.length > 0 || operations.length === 0
  return { picked: (isOfPeople ? ofPeople : innermost).slice(0, most), isOfPeople }
}
