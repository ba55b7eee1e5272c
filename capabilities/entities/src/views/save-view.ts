// Saves a view of a list, a new one or one's own in another form.
import type { Transaction } from '@steward/postgres'
import { entitiesErrors } from '../errors.ts'
import { isReadable, type Viewer } from './role-sight.ts'
import type { SavedView, ViewToSave } from './saved-view.ts'
import { insertView, isNameTaken, lockView, toView, updateView } from './store.ts'

/**
 * The view as it was saved.
 *
 * @throws ENTITIES_NOT_VISIBLE, ENTITIES_VIEW_NOT_FOUND, ENTITIES_VIEW_NOT_YOURS, ENTITIES_VIEW_NAME_TAKEN
 */
export async function saveView(transaction: Transaction, view: ViewToSave, viewer: Viewer): Promise<SavedView> {
  const { id, entity, name } = view
  const { actor, role } = viewer
  if (!isReadable(entity, viewer)) throw entitiesErrors.NOT_VISIBLE({ entity, role: role?.name ?? '' })
  if (id === undefined) {
    const inserted = await insertView(transaction, view, actor)
    if (inserted === null) throw entitiesErrors.VIEW_NAME_TAKEN({ entity, name })
    return toView(inserted, actor)
  }
  const known = await lockView(transaction, id)
  const isOwn = known !== null && toView(known, actor).isOwn
  if (known === null || (!isOwn && !known.isShared)) throw entitiesErrors.VIEW_NOT_FOUND({ id })
  if (!isOwn) throw entitiesErrors.VIEW_NOT_YOURS({ name: known.name })
  if (await isNameTaken(transaction, view, actor)) throw entitiesErrors.VIEW_NAME_TAKEN({ entity, name })
  return toView(await updateView(transaction, id, view), actor)
}
