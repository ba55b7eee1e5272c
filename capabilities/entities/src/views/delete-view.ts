// Forgets a saved view.
import type { Transaction } from '@steward/postgres'
import { entitiesErrors } from '../errors.ts'
import { isReadable, type Viewer } from './role-sight.ts'
import type { SavedView } from './saved-view.ts'
import { deleteView, lockView, toView } from './store.ts'

/**
 * The view that was. One's own; what is shared also by whoever may do everything, or it would outlive its owner.
 *
 * @throws ENTITIES_VIEW_NOT_FOUND, ENTITIES_VIEW_NOT_YOURS
 */
export async function forgetView(transaction: Transaction, id: string, viewer: Viewer): Promise<SavedView> {
  const { actor, role } = viewer
  const known = await lockView(transaction, id)
  const view = known === null ? null : toView(known, actor)
  const isSeen = view !== null && (view.isOwn || (view.isShared && isReadable(view.entity, viewer)))
  if (view === null || !isSeen) throw entitiesErrors.VIEW_NOT_FOUND({ id })
  const mayAll = role === null || role.permissions.includes('*')
  if (!view.isOwn && !mayAll) throw entitiesErrors.VIEW_NOT_YOURS({ name: view.name })
  await deleteView(transaction, id)
  return view
}
