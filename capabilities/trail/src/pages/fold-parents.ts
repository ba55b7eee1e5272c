// A request and what was done in it are two operations, and one line.
import type { ListedOperation } from './answers.ts'

/** The operations without those that only stand around another one of them: that changed nothing themselves, and did not fail. */
export function foldParents(operations: readonly ListedOperation[]): ListedOperation[] {
  const parents = new Set(operations.map(({ parentId }) => parentId))
  return operations.filter(
    ({ id, touched, outcome }) => !parents.has(id) || touched?.length !== 0 || outcome === 'failed',
  )
}
