// The saved views that somebody may use.
import type { Queryable } from '@steward/postgres'
import { isReadable, maskedNames, type Viewer } from './role-sight.ts'
import type { SavedView } from './saved-view.ts'
import { selectViews, toView } from './store.ts'

/**
 * Their own, and those that others share. What a filter says of a column that the role sees masked, or of an entity that it may not
 * read, is not told: such a view of somebody else is left out.
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
    ({ isOwn, filter, order }) =>
      isOwn ||
      !(looksElsewhere(filter, viewer) || masked.some((name) => namesIt(filter, name) || order.includes(name))),
  )
}

/** Whether a filter goes by way of an entity that the viewer may not read: `customers.phone=eq.0101234`. */
function looksElsewhere(filter: string, viewer: Viewer): boolean {
  const ways = [...new URLSearchParams(filter).keys()].flatMap((name) => name.split('.').slice(0, -1))
  return ways.some((way) => way !== 'not' && !isReadable(way.split('!', 1)[0] as string, viewer))
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
