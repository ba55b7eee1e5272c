// Promise by promise, which verb of the entities keeps it.
import { keep } from '@steward/engine'
import { selectCalls } from './calls/store.ts'
import { entitiesContract, viewsContract } from './contract.ts'
import { forgetView } from './views/delete-view.ts'
import { listViews } from './views/list-views.ts'
import { saveView } from './views/save-view.ts'

/** The verbs of saved views alone: they are mounted at a place of their own. */
export const viewsProcedures = keep(viewsContract, {
  views: ({ transaction, actor, role }, { entity }) => listViews(transaction, entity, { actor, role }),
  saveView: ({ transaction, actor, role }, view) => saveView(transaction, view, { actor, role }),
  deleteView: ({ transaction, actor, role }, { id }) => forgetView(transaction, id, { actor, role }),
})

export const entitiesProcedures = {
  ...keep({ calls: entitiesContract.calls }, { calls: ({ transaction }, filter) => selectCalls(transaction, filter) }),
  ...viewsProcedures,
}
