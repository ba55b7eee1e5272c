// Promise by promise, which verb keeps it.
import { keep } from '@steward/engine'
import { trailContract } from './contract.ts'
import { examine } from './install/doctor.ts'
import { hardenScript } from './install/harden.ts'
import { importHistory } from './install/import.ts'
import { maintain } from './install/maintain.ts'
import { leaveMark } from './install/mark.ts'
import { stamp } from './install/stamp.ts'
import { readStatus } from './install/status.ts'
import { track, untrack } from './install/track.ts'
import { readActivity } from './read/activity.ts'
import { readAt } from './read/at.ts'
import { readBlast } from './read/blast.ts'
import { readHistory } from './read/history.ts'
import { readImpact } from './read/impact.ts'
import { readOperation } from './read/operation.ts'
import { searchOperations } from './read/operations.ts'
import { readTable } from './read/table.ts'
import { planRevert } from './revert/plan.ts'
import { revert } from './revert/revert.ts'

/**
 * The trail's procedures, kept.
 *
 * @example
 * defineCapability({ name: 'trail', summary: '…', contract: trailContract, procedures: trailProcedures })
 */
export const trailProcedures = keep(trailContract, {
  maintain: ({ transaction }) => maintain(transaction),
  doctor: ({ transaction }) => examine(transaction),
  harden: ({ transaction }, { application }) => hardenScript(transaction, { application }),
  track: ({ transaction }, { entities, all, schema, ...options }) =>
    track(transaction, all ? { all, schema } : { entities }, options),
  untrack: ({ transaction }, input) => untrack(transaction, input),
  stamp: ({ transaction }, input) => stamp(transaction, input),
  status: ({ transaction }) => readStatus(transaction),
  mark: ({ transaction }, input) => leaveMark(transaction, input),
  import: ({ transaction }, { lines }) => importHistory(transaction, lines),
  history: ({ transaction }, input) => readHistory(transaction, input),
  at: ({ transaction }, input) => readAt(transaction, input),
  table: ({ transaction }, input) => readTable(transaction, input),
  operation: ({ transaction }, input) => readOperation(transaction, input),
  operations: ({ transaction }, input) => searchOperations(transaction, input),
  blast: ({ transaction }, input) => readBlast(transaction, input),
  impact: ({ transaction }, input) => readImpact(transaction, input),
  activity: ({ transaction }, input) => readActivity(transaction, input),
  revert: async ({ transaction, operation, isDryRun }, { onConflict, ...target }) => {
    const plan = await planRevert(transaction, target)
    return revert(transaction, plan, { reason: operation.reason ?? '', onConflict, dryRun: isDryRun })
  },
})
