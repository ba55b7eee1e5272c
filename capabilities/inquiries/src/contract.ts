// What inquiries promise: their procedures; safe in a browser.
import { deedsContract } from './contract/deeds.ts'
import { readingContract } from './contract/reading.ts'

/**
 * The promises of inquiries.
 *
 * @example
 * wordsOf(inquiriesContract.take).permission // 'inquiries:take'
 */
export const inquiriesContract = { ...readingContract, ...deedsContract }

export {
  type AnswerCause,
  type AnswerMaterial,
  causeOf,
  type DraftedAnswer,
  draftAnswer,
  type EntityWords,
} from './contract/draft-answer.ts'
