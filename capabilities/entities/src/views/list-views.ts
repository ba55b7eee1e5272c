// The saved views that somebody may use.
import type { Queryable } from '@steward/postgres'
import { isReadable, maskedNames, type Viewer } from './role-sight.ts'
import type { SavedView } from './saved-view.ts'
import { selectViews, toView } from './store.ts'

/**
 * Their own, and those that others share. What a filter says of a column that the role sees masked is not told: such a view of
 * somebody else is left out, and nothing is told of an entity that may not be read.
 *
 * @example
 * const views = await listViews(transaction, 'orders', { actor, role })
 */
export async function listViews(queryable: Queryable, entity: string, viewer: Viewer): Promise<SavedView[]> {
  const { actor, role } = viewer
  if (!isReadable(entity, viewer)) return []
  const masked = maskedNames(role)
  const views = (await selectViews(queryable, entity, actor)).map((row) => toView(row, actor))
  return views.filter(
    ({ isOwn, filter, order }) => isOwn || !masked.some((name) => namesIt(filter, name) || order.includes(name)),
  )
}

function namesIt(filter: string, name: string): boolean {
  return filter.includes(name) || filter.includes(encodeURIComponent(name)) || decoded(filter).includes(name)
}

function decoded(filter: string): string {
  try {
    return decodeURIComponent(filter.replaceAll('+', ' '))
  } catch {
    return filter
  }
}
