// A call as the log tells it, in the words of the contract.
import type { AnswerOf } from '@steward/contract'
import type { entitiesContract } from '../../contract.ts'

/** One request, as it was answered. */
export type LoggedCall = AnswerOf<(typeof entitiesContract)['calls']>[number]
