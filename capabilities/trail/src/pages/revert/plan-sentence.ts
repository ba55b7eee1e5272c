// A plan in one sentence: "14 orders, 31 items come back · 2 conflicts · nothing else changes".
import type { ChangeFacts, Meta } from '@steward/sdk'
import { type Language, summaryOf } from '@steward/ui'
import type { RevertAnswer } from '../answers.ts'
import { partsOf } from './plan-of-revert.ts'
import { revertWords } from './revert-words.ts'

/** What a plan would do, and what stands in its way. */
export function planSentence({ plan, besides = [] }: RevertAnswer, meta: Meta | undefined, language: Language): string {
  const words = revertWords[language]
  const say = (rows: readonly ChangeFacts[], phrase: (told: { summary: string; count: number }) => string) =>
    rows.length === 0 ? [] : [phrase({ summary: summaryOf(rows, meta, language), count: rows.length })]
  const { comeBack, putBack, removed } = partsOf(plan.rows)
  const done = [...say(comeBack, words.comeBack), ...say(putBack, words.putBack), ...say(removed, words.removed)]
  const triggers = besides.map(({ entity, records }) => ({ entity, count: records }))
  const also = triggers.length > 0 ? words.besides({ summary: summaryOf(triggers, meta, language) }) : words.nothingElse
  return [
    ...done,
    ...(plan.conflicts.length > 0 ? [words.conflicts({ count: plan.conflicts.length })] : []),
    ...(done.length > 0 ? [also] : []),
  ].join(' · ')
}
