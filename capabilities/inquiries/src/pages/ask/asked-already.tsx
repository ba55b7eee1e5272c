// What was asked already about the same thing, and a word to add to it.
import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { ErrorNotice, Moment, PageLink, SubmitButton, useSteward, useWords } from '@steward/ui'
import { useState } from 'react'
import { inquiriesWords } from '../inquiries-words.ts'
import { InquiryState } from '../inquiry-state.tsx'
import { pathOf } from '../path-of.ts'
import { PersonName } from '../person-name.tsx'
import { type Inquiry, useDeed } from '../use-inquiries.ts'
import { askWords } from './ask-words.ts'

type Given = { asked: readonly Inquiry[]; onClose: () => void }

/** Several are chosen from; whoever may not comment reads them. */
export function AskedAlready({ asked, onClose }: Given) {
  const words = useWords(askWords)
  const { cancel, commented, seeInquiry } = useWords(inquiriesWords)
  const { may } = useSteward()
  const [chosen, setChosen] = useState(String(asked[0]?.id))
  const [text, setText] = useState('')
  const id = Number(chosen)
  const add = useDeed(
    (inquiries) => inquiries.comment({ id, text }),
    (inquiry) => ({ message: commented(inquiry), path: pathOf(inquiry), linkLabel: seeInquiry }),
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(undefined, { onSuccess: onClose })
      }}
    >
      <Stack>
        <Text size="sm" fw={500}>
          {words.somebodyAsked}
        </Text>
        {asked.map((inquiry) => (
          <AskedOne
            key={inquiry.id}
            inquiry={inquiry}
            choice={asked.length > 1 ? { isChosen: chosen === String(inquiry.id), onChoose: setChosen } : null}
          />
        ))}
        {may('inquiries:comment') && (
          <>
            <Textarea
              label={words.comment}
              description={words.commentHint}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autosize
              minRows={3}
              maxRows={10}
              maxLength={10_000}
              required
            />
            {add.isError && <ErrorNotice error={add.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {cancel}
              </Button>
              <SubmitButton isBusy={add.isPending} isDisabled={text.trim() === ''}>
                {words.sendComment({ id })}
              </SubmitButton>
            </Group>
          </>
        )}
      </Stack>
    </form>
  )
}

type OneGiven = { inquiry: Inquiry; choice: { isChosen: boolean; onChoose: (id: string) => void } | null }

function AskedOne({ inquiry, choice }: OneGiven) {
  const { inquiry: called } = useWords(inquiriesWords)
  const { id, title, state, askedBy, askedAt } = inquiry
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      {choice !== null && (
        <Radio
          name="inquiry"
          value={String(id)}
          checked={choice.isChosen}
          onChange={() => choice.onChoose(String(id))}
          aria-label={called({ id })}
        />
      )}
      <div>
        <PageLink to={pathOf(inquiry)}>{`#${id} ${title}`}</PageLink> <InquiryState state={state} />
        <Text size="xs" c="dimmed">
          <PersonName person={askedBy} /> {'·'} <Moment at={askedAt} />
        </Text>
      </div>
    </Group>
  )
}
