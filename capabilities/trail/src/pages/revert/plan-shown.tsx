// The plan of a revert: in a sentence, and row by row.
import { Text } from '@mantine/core'
import { DiffPreview, EmptyState, Section, useLanguage, useMeta, useWords } from '@steward/ui'
import type { RevertAnswer } from '../answers.ts'
import { planSentence } from './plan-sentence.ts'
import { revertWords } from './revert-words.ts'

/** What would change, in a sentence; or that there is nothing left. */
export function PlanSentence({ answer }: { answer: RevertAnswer }) {
  const words = useWords(revertWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  if (answer.plan.rows.length === 0) return <EmptyState title={words.nothingLeft}>{words.nothingLeftHint}</EmptyState>
  return (
    <Text fw={600} role="status">
      {planSentence(answer, meta, language)}
    </Text>
  )
}

/** What would change, exactly. */
export function PlanRows({ answer }: { answer: RevertAnswer }) {
  const words = useWords(revertWords)
  const { rows } = answer.plan
  if (rows.length === 0) return null
  return (
    <Section title={words.diff}>
      <DiffPreview changes={rows} isRestoring />
    </Section>
  )
}
