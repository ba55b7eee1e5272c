// What can be done with an inquiry from where it stands: take, assign, close, open again.
import { Button, Kbd } from '@mantine/core'
import { ErrorNotice, useShortcut, useSteward, useWords } from '@steward/ui'
import { useState } from 'react'
import { type InquiryDetails, useDeed } from '../use-inquiries.ts'
import { AssignDialog } from './assign-dialog.tsx'
import classes from './inquiry.module.css'
import { inquiryWords } from './inquiry-words.ts'

const takePhrase = { en: inquiryWords.en.takeShortcut, ko: inquiryWords.ko.takeShortcut }

/** The buttons; what was refused is said below them, and the page shows where it stands by now. */
export function InquiryDeeds({ inquiry }: { inquiry: InquiryDetails }) {
  const words = useWords(inquiryWords)
  const { may } = useSteward()
  const [isAssigning, setAssigning] = useState(false)
  const { id, state, owner } = inquiry
  const isWaiting = state === 'open' || state === 'taken'
  const take = useDeed(
    (inquiries) => inquiries.take({ id }),
    (taken) => ({ message: words.took(taken) }),
  )
  const close = useDeed(
    (inquiries) => inquiries.close({ id }),
    (closed) => ({ message: words.closedNow(closed) }),
  )
  const reopen = useDeed(
    (inquiries) => inquiries.reopen({ id }),
    (opened) => ({ message: words.reopened(opened) }),
  )
  const mayTake = state === 'open' && may('inquiries:take')
  useShortcut('t', takePhrase, mayTake ? () => take.mutate(undefined) : null)
  const isTaken = (take.error as { code?: string } | null)?.code === 'INQUIRIES_TAKEN'
  const refused = take.error ?? close.error ?? reopen.error
  return (
    <>
      {mayTake && (
        <Button loading={take.isPending} onClick={() => take.mutate(undefined)} rightSection={<Kbd size="xs">t</Kbd>}>
          {words.take}
        </Button>
      )}
      {isWaiting && may('inquiries:assign') && (
        <Button variant="default" onClick={() => setAssigning(true)}>
          {words.assign}
        </Button>
      )}
      {state !== 'closed' && may('inquiries:close') && (
        <Button variant="default" loading={close.isPending} onClick={() => close.mutate(undefined)}>
          {words.closeInquiry}
        </Button>
      )}
      {!isWaiting && may('inquiries:close') && (
        <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate(undefined)}>
          {words.reopen}
        </Button>
      )}
      {refused !== null && (
        <div className={classes['refused']}>
          {isTaken && owner !== null ? (
            <p className={classes['lost']} role="alert">
              {words.takenBy({ name: owner.name ?? owner.id })}
            </p>
          ) : (
            <ErrorNotice error={refused} />
          )}
        </div>
      )}
      {isAssigning && <AssignDialog inquiry={inquiry} onClose={() => setAssigning(false)} />}
    </>
  )
}
