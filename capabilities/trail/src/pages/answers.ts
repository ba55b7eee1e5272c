// What the trail's routes answer, as pages read it: the shapes of the SDK with what the contract promises besides.
import type { AnswerOf } from '@steward/contract'
import type { Change, ChangeFacts, Conflict, Operation } from '@steward/sdk'
import type { trailContract } from '../contract.ts'

type Contract = typeof trailContract

/** A change as the person sees it; `masked` names the columns that are shown in masked form. */
export type SeenChange = Change & { masked?: string[] }

/** Everything that is known of an operation. */
export type OperationDetails = AnswerOf<Contract['operation']>['operation']

/** An operation with those of its changes that the person sees; `hidden` counts the others. */
export type OperationAnswer = { operation: OperationDetails; changes: SeenChange[]; hidden?: number }

/** An operation of a list. */
export type ListedOperation = AnswerOf<Contract['operations']>['operations'][number]

/** A page of operations. */
export type OperationsAnswer = { operations: ListedOperation[]; next: string | null }

/** Who wrote in between. */
export type Editor = { id: string; actor: Operation['actor']; procedure: string | null; at: string }

/** Why a row or a column cannot simply be put back. */
export type PlanConflict = Omit<Conflict, 'by'> & { by: Editor | null }

/** What a revert would do, or has done; `digest` tells this plan from any other, `besides` is what triggers changed with it. */
export type RevertAnswer = {
  plan: { rows: ChangeFacts[]; conflicts: PlanConflict[] }
  applied: boolean
  operation: OperationDetails | null
  digest: string
  besides?: { entity: string; records: number }[]
}

/** What a procedure touched in a period; `leftOut` are the tables that are not counted for this person. */
export type BlastAnswer = {
  entities: { entity: string; records: number; changes: number; columns: string[]; sample: Record<string, unknown>[] }[]
  operations: number
  leftOut?: string[]
}

/** Counts of a step of time. */
export type ActivityStep = AnswerOf<Contract['activity']>[number]

/** Which tables are tracked. */
export type StatusAnswer = AnswerOf<Contract['status']>

/** What the doctor found. */
export type DoctorAnswer = AnswerOf<Contract['doctor']>
