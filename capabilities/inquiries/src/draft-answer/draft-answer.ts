// Drafts the answer for the customer from an operation, in both languages; the person who sends it has the last word.
import { type AnswerCause, type AnswerMaterial, causeOf, type EntityWords, factsOf } from './answer-facts.ts'
import { englishAnswer } from './english-answer.ts'
import { koreanAnswer } from './korean-answer.ts'

/**
 * The same answer twice, in paragraphs with an empty line between them.
 *
 * @example
 * const copied = (answer: DraftedAnswer, language: 'en' | 'ko') => answer[language]
 */
export type DraftedAnswer = { ko: string; en: string }

/**
 * Says to a customer what happened to their data, when, by whom, and what has been done about it. Names nobody but the
 * customer's own people, no procedure, no table, and no value of a record: what is not in the words given to it is "related records".
 *
 * @throws RangeError for a time zone that does not exist.
 * @example
 * const { ko } = draftAnswer({
 *   operation: { actor: { type: 'user', id: 'u1', name: '김하나' }, source: 'app', at: '2026-11-21T09:04:00Z', reverts: null },
 *   changes: [{ kind: 'delete', entity: 'orders', key: { id: 7 }, before: null, after: null }],
 *   words: { orders: { en: 'Orders', ko: '주문' } }, putBack: null, timeZone: 'Asia/Seoul', now: '2026-11-22T00:00:00Z',
 * })
 * // … 11월 21일 (토) 18:04에 김하나 님이 주문 1건을 삭제했어요. …
 */
export function draftAnswer(material: AnswerMaterial): DraftedAnswer {
  const facts = factsOf(material)
  return { ko: koreanAnswer(facts), en: englishAnswer(facts) }
}

export { type AnswerCause, type AnswerMaterial, causeOf, type EntityWords }
