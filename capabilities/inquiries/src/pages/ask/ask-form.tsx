// The question itself: what it is about, its text, the customer's ticket.
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useState } from 'react'
import { inquiriesWords } from '../inquiries-words.ts'
import { pathOf } from '../path-of.ts'
import { SubjectName } from '../subject-name.tsx'
import { type Subject, useDeed } from '../use-inquiries.ts'
import { isWebAddress } from '../web-address.ts'
import { askWords } from './ask-words.ts'

type Given = {
  subject: Subject
  /** Of the operation that it is about. */
  procedure?: string | null | undefined
  onClose: () => void
}

/** Asks, says so with a link, and closes. */
export function AskForm({ subject, procedure, onClose }: Given) {
  const words = useWords(askWords)
  const { cancel, seeInquiry } = useWords(inquiriesWords)
  const [text, setText] = useState('')
  const [ticket, setTicket] = useState('')
  const address = ticket.trim()
  const isWrong = address !== '' && !isWebAddress(address)
  const ask = useDeed(
    (inquiries) => inquiries.ask({ text, ticketUrl: address === '' ? null : address, ...aboutOf(subject) }),
    (inquiry) => ({ message: words.asked(inquiry), path: pathOf(inquiry), linkLabel: seeInquiry }),
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong) ask.mutate(undefined, { onSuccess: onClose })
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {words.askHint}
        </Text>
        {subject !== null && (
          <Text size="sm">
            {words.about} <SubjectName subject={subject} procedure={procedure} />
          </Text>
        )}
        <Textarea
          label={words.question}
          description={words.questionHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={14}
          maxLength={10_000}
          required
          data-autofocus
        />
        <TextInput
          label={words.ticketUrl}
          description={words.ticketHint}
          type="url"
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
          error={isWrong ? words.notAnAddress : null}
        />
        {ask.isError && <ErrorNotice error={ask.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <SubmitButton isBusy={ask.isPending} isDisabled={text.trim() === '' || isWrong}>
            {words.send}
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  )
}

function aboutOf(subject: Subject) {
  if (subject === null) return {}
  return subject.kind === 'record' ? { entity: subject.entity, key: subject.key } : { operation: subject.operation }
}
