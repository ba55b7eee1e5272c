// The answer of an inquiry with the answer for the customer in it: one text, which reads well on the terminal, too.
import type { DraftedAnswer } from '../../contract/draft-answer.ts'

/** What a developer answers a colleague, and what the customer is told; null where nothing was kept for them. */
type KeptAnswer = { note: string; customer: DraftedAnswer | null }

const koreanHead = '── 고객에게 보낼 답변 (한국어) ──'
const englishHead = '── Answer for the customer (English) ──'

/**
 * Both as one text.
 *
 * @example
 * joinAnswer({ note: 'They are back.', customer: null }) // 'They are back.'
 */
export function joinAnswer({ note, customer }: KeptAnswer): string {
  const parts = customer === null ? [] : [koreanHead, customer.ko.trim(), englishHead, customer.en.trim()]
  return [note.trim(), ...parts].filter((part) => part !== '').join('\n\n')
}

/** The parts of such a text; one that was written elsewhere is a note as a whole. */
export function splitAnswer(text: string): KeptAnswer {
  const korean = text.lastIndexOf(koreanHead)
  const english = text.indexOf(englishHead, korean)
  if (korean < 0 || english < 0) return { note: text, customer: null }
  return {
    note: text.slice(0, korean).trim(),
    customer: {
      ko: text.slice(korean + koreanHead.length, english).trim(),
      en: text.slice(english + englishHead.length).trim(),
    },
  }
}
