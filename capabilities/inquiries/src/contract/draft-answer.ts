// The door through which pages reach the draft of a customer's answer.
export {
  type AnswerCause,
  type AnswerMaterial,
  causeOf,
  type DraftedAnswer,
  draftAnswer,
  type EntityWords,
} from '../draft-answer/draft-answer.ts'
