// Promise by promise, which verb keeps it.
import { createHash } from 'node:crypto'
import { printJson } from '@steward/base'
import { keep, type Performing } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { trailContract } from './contract.ts'
import { trailErrors } from './errors.ts'
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
import { readDeleted } from './read/deleted.ts'
import { readHistory } from './read/history.ts'
import { readImpact } from './read/impact.ts'
import { readOperation } from './read/operation.ts'
import { searchOperations } from './read/operations.ts'
import { readTable } from './read/table.ts'
import { planRevert } from './revert/plan.ts'
import type { RevertPlan } from './revert/planned-revert.ts'
import { revert } from './revert/revert.ts'
import { revertSeen } from './seen/revert-seen.ts'
import { seeActivity, seeBlast, seeImpact } from './seen/see-counts.ts'
import { maintainSeen, seeFindings, seeStatus, trackSeen } from './seen/see-keeping.ts'
import { seeOperation, seeOperations } from './seen/see-operations.ts'
import { seeAt, seeDeleted, seeHistory, seeTable } from './seen/see-records.ts'
import { type Sight, sightOfVerb, sightOfWriter, withNamed } from './seen/sight.ts'

/**
 * The trail's procedures, kept.
 *
 * @example
 * defineCapability({ name: 'trail', summary: '…', contract: trailContract, procedures: trailProcedures })
 */
export const trailProcedures = keep(trailContract, {
  maintain: (performing) => asSeen(performing, maintain, maintainSeen),
  doctor: (performing) => asSeen(performing, examine, seeFindings),
  harden: ({ transaction }, { application }) => hardenScript(transaction, { application }),
  track: (performing, { entities, all, schema, ...options }) => {
    const target = all ? ({ all, schema } as const) : { entities }
    return asSeen(
      performing,
      (transaction) => track(transaction, target, options),
      (sight) => trackSeen(sight, target, options),
    )
  },
  untrack: (performing, input) => ofNamed(performing, input, untrack),
  stamp: (performing, input) => ofNamed(performing, input, stamp),
  status: (performing) => asSeen(performing, readStatus, seeStatus),
  mark: ({ transaction }, input) => leaveMark(transaction, input),
  import: ({ transaction }, { lines }) => importHistory(transaction, lines),
  history: (performing, input) => asSeen(performing, readHistory, seeHistory, input),
  deleted: (performing, input) => asSeen(performing, readDeleted, seeDeleted, input),
  at: (performing, input) => asSeen(performing, readAt, seeAt, input),
  table: (performing, input) => asSeen(performing, readTable, seeTable, input),
  operation: (performing, input) => asSeen(performing, readOperation, seeOperation, input),
  operations: (performing, input) => asSeen(performing, searchOperations, seeOperations, input),
  blast: (performing, input) => asSeen(performing, readBlast, seeBlast, input),
  impact: (performing) => asSeen(performing, readImpact, seeImpact),
  activity: (performing, input) => asSeen(performing, readActivity, seeActivity, input),
  revert: async (performing, { onConflict, expect, ...target }) => {
    const { transaction, operation, isDryRun } = performing
    const options = { reason: operation.reason ?? '', onConflict, dryRun: isDryRun }
    const sight = sightOfWriter(performing)
    const result =
      sight === null
        ? await revert(transaction, await planRevert(transaction, target), options)
        : await revertSeen(sight, target, options)
    const digest = digestOf(result.plan)
    if (expect !== undefined && expect !== digest) throw trailErrors.REVERT_CHANGED()
    return { ...result, digest }
  },
})

/** Tells whether two plans are one to who looks at them: of what is masked for them it knows nothing either. */
function digestOf({ rows, conflicts }: RevertPlan): string {
  return createHash('sha256').update(printJson({ rows, conflicts })).digest('hex')
}

/** Through the eyes of who asks; the library answers those whom nothing is held back from. */
function asSeen<Input extends unknown[], Whole, Seen>(
  performing: Performing,
  read: (transaction: Transaction, ...input: Input) => Promise<Whole>,
  see: (sight: Sight, ...input: Input) => Promise<Seen>,
  ...input: Input
): Promise<Whole | Seen> {
  const sight = sightOfVerb(performing)
  return sight === null ? read(performing.transaction, ...input) : see(sight, ...input)
}

/** A deed on one table: for a role only on one that it sees. */
function ofNamed<Input extends { entity: string }, Result>(
  performing: Performing,
  input: Input,
  deed: (transaction: Transaction, input: Input) => Promise<Result>,
): Promise<Result> {
  const sight = sightOfVerb(performing)
  const work = () => deed(performing.transaction, input)
  return sight === null ? work() : withNamed(sight, [input.entity], work)
}
