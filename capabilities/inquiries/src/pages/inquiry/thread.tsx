// What was said and done, oldest first, and a comment below it.
import { Group, Textarea } from '@mantine/core'
import {
  ErrorNotice,
  Moment,
  operationPath,
  PageLink,
  Section,
  SubmitButton,
  useShortcut,
  useSteward,
  useWords,
} from '@steward/ui'
import { useRef, useState } from 'react'
import { splitAnswer } from '../answer/kept-answer.ts'
import { shortId } from '../subject-name.tsx'
import { type InquiryDetails, useDeed } from '../use-inquiries.ts'
import classes from './inquiry.module.css'
import { inquiryWords } from './inquiry-words.ts'

type Entry = InquiryDetails['entries'][number]

const commentPhrase = { en: inquiryWords.en.commentShortcut, ko: inquiryWords.ko.commentShortcut }

/** The thread; the answer that stands is shown where the answer is, and only noted here. */
export function Thread({ inquiry }: { inquiry: InquiryDetails }) {
  const words = useWords(inquiryWords)
  const { may } = useSteward()
  const { entries, answer } = inquiry
  const standing = answer === null ? null : entries.findLast(({ kind }) => kind === 'answer')
  return (
    <Section title={words.thread}>
      {entries.length === 0 ? (
        <p className={classes['nothing']}>{words.noComments}</p>
      ) : (
        <ol className={classes['entries']} aria-label={words.thread}>
          {entries.map((entry) => (
            <li key={entry.id} className={classes['entry']}>
              <EntryShown entry={entry} isStanding={entry === standing} />
            </li>
          ))}
        </ol>
      )}
      {may('inquiries:comment') && <CommentForm id={inquiry.id} />}
    </Section>
  )
}

function EntryShown({ entry, isStanding }: { entry: Entry; isStanding: boolean }) {
  const { at, operation, text } = entry
  return (
    <>
      <div className={classes['happened']}>
        <span>{useSaid(entry)}</span>
        {operation !== null && <PageLink to={operationPath(operation)}>{shortId(operation)}</PageLink>}
        <Moment at={at} />
      </div>
      {text !== null && !isStanding && <p className={classes['said']}>{splitAnswer(text).note || text}</p>}
    </>
  )
}

function useSaid({ kind, by: actor, to }: Entry): string {
  const words = useWords(inquiryWords)
  const by = actor.name ?? actor.id
  switch (kind) {
    case 'comment':
      return by
    case 'answer':
      return words.saidAnswered({ by })
    case 'taken':
      return words.saidTook({ by })
    case 'assigned':
      return words.saidAssigned({ by, to: to?.name ?? to?.id ?? '' })
    case 'released':
      return words.saidReleased({ by })
    case 'linked':
      return words.saidLinked({ by })
    case 'unlinked':
      return words.saidUnlinked({ by })
    case 'closed':
      return words.saidClosed({ by })
    case 'reopened':
      return words.saidReopened({ by })
  }
}

function CommentForm({ id }: { id: number }) {
  const words = useWords(inquiryWords)
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const comment = useDeed((inquiries) => inquiries.comment({ id, text }))
  useShortcut('c', commentPhrase, () => field.current?.focus())
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        comment.mutate(undefined, { onSuccess: () => setText('') })
      }}
    >
      <Textarea
        ref={field}
        label={words.comment}
        description={words.commentHint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
      />
      {comment.isError && <ErrorNotice error={comment.error} />}
      <Group justify="flex-end" mt="xs">
        <SubmitButton isBusy={comment.isPending} isDisabled={text.trim() === ''}>
          {words.sendComment}
        </SubmitButton>
      </Group>
    </form>
  )
}
