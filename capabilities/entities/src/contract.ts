// What the entities promise beside the dialect: their log of calls. Safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { CallFilter, LoggedCall } from './calls/logged-call.ts'

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
}
