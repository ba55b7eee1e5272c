// What the entities promise beside the dialect: their log of calls, and saved views of lists. Safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { CallFilter, LoggedCall } from './calls/logged-call.ts'
import { SavedView, ViewFilter, ViewName, ViewToSave } from './views/saved-view.ts'

const viewFacts = { as: 'facts', columns: ['id', 'name', 'entity', 'filter', 'order', 'columns', 'isShared'] } as const

/**
 * The promises about saved views, which are mounted at a place of their own: below the entities every word is a table.
 *
 * @example
 * wordsOf(viewsContract.views).permission // 'entities:views'
 */
export const viewsContract = {
  views: procedure({
    summary: 'Lists the saved views of an entity: your own, and those that others share',
    effect: 'read',
    permission: 'entities:views',
    http: { path: '/list' },
    cli: {
      path: ['view', 'list'],
      args: ['entity'],
      show: [
        {
          as: 'table',
          columns: ['id', 'name', 'filter', 'order', 'isShared', 'owner.id', 'savedAt'],
          empty: 'No view yet.',
        },
      ],
      examples: ['orders'],
    },
  })
    .input(ViewFilter)
    .output(z.array(SavedView)),
  saveView: procedure({
    summary: 'Saves a view of a list: its columns, filter and order, under a name',
    effect: 'write',
    permission: 'entities:save-view',
    http: { path: '/save' },
    cli: {
      path: ['view', 'save'],
      args: ['entity', 'name'],
      show: [viewFacts],
      examples: ['orders "Large and open" --filter "status=eq.open&total=gte.100000" --order total.desc --is-shared'],
    },
  })
    .input(ViewToSave)
    .output(SavedView),
  deleteView: procedure({
    summary: 'Forgets a saved view',
    effect: 'write',
    permission: 'entities:delete-view',
    http: { path: '/delete' },
    cli: { path: ['view', 'delete'], args: ['id'], show: [viewFacts] },
  })
    .input(ViewName)
    .output(SavedView),
}

/**
 * The promises of the entities.
 *
 * @example
 * wordsOf(entitiesContract.calls).permission // 'entities:calls'
 */
export const entitiesContract = {
  calls: procedure({
    summary: 'Lists the calls of the API, the newest first',
    description:
      'Who asked for what, when, how many rows it was, and how long it took. It shows what others filtered by, so that it has a permission of its own.',
    effect: 'read',
    permission: 'entities:calls',
    cli: {
      values: { actor: 'id', key: 'id', from: 'time', to: 'time', before: 'call' },
      show: [
        {
          as: 'table',
          columns: ['id', 'at', 'actor.id', 'key', 'method', 'path', 'query', 'status', 'rows', 'durationMs'],
          empty: 'No call yet.',
        },
      ],
      examples: ['--actor kim --entity orders', '--status 5xx --from 2026-03-02T09:00:00Z'],
    },
  })
    .input(CallFilter)
    .output(z.array(LoggedCall)),
  ...viewsContract,
}
