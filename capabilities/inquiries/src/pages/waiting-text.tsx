// How long an inquiry waits, or how long its answer took.
import { useLanguage, useWords } from '@steward/ui'
import { durationText } from './duration.ts'
import { inquiriesWords } from './inquiries-words.ts'
import type { Inquiry } from './use-inquiries.ts'

/** "waits 2 hours", "answered in 12 minutes"; nothing for what was closed without an answer. */
export function WaitingText({ inquiry }: { inquiry: Inquiry }) {
  const words = useWords(inquiriesWords)
  const { language } = useLanguage()
  const { state, askedAt, minutesToAnswer } = inquiry
  if (minutesToAnswer !== null)
    return <span>{words.answeredIn({ text: durationText(minutesToAnswer, language) })}</span>
  if (state === 'closed') return null
  const minutes = (Date.now() - Date.parse(askedAt)) / 60_000
  if (minutes < 1) return <span>{words.justAsked}</span>
  return <span>{words.waits({ text: durationText(minutes, language) })}</span>
}
