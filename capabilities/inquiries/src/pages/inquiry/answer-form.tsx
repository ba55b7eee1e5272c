// Answers the colleague who asked, and keeps what the customer is told with it.
import { Checkbox, Group, Stack, Textarea } from '@mantine/core'
import { ErrorNotice, Section, SubmitButton, useWords } from '@steward/ui'
import { useState } from 'react'
import type { DraftedAnswer } from '../../contract/draft-answer.ts'
import { joinAnswer } from '../answer/kept-answer.ts'
import { type InquiryDetails, useDeed } from '../use-inquiries.ts'
import { inquiryWords } from './inquiry-words.ts'

/** `customer` is the draft as it stands; null where there is none. */
export function AnswerForm({ inquiry, customer }: { inquiry: InquiryDetails; customer: DraftedAnswer | null }) {
  const words = useWords(inquiryWords)
  const [note, setNote] = useState('')
  const [isKept, setKept] = useState(true)
  const { id, askedBy } = inquiry
  const name = askedBy.name ?? askedBy.id
  const text = joinAnswer({ note, customer: isKept ? customer : null })
  const answer = useDeed(
    (inquiries) => inquiries.answer({ id, text }),
    (answered) => ({ message: words.answered(answered) }),
  )
  return (
    <Section title={words.answerTo({ name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          answer.mutate(undefined)
        }}
      >
        <Stack gap="sm">
          <Textarea
            aria-label={words.answerTo({ name })}
            description={words.answerHint}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={14}
          />
          {customer !== null && (
            <Checkbox
              label={words.keepForCustomer}
              checked={isKept}
              onChange={(event) => setKept(event.currentTarget.checked)}
            />
          )}
          {answer.isError && <ErrorNotice error={answer.error} />}
          <Group justify="flex-end">
            <SubmitButton isBusy={answer.isPending} isDisabled={text === ''}>
              {words.sendAnswer({ name })}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
