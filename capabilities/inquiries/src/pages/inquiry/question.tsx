// The question with its facts: who asked, about what, whose it is, where the customer wrote.
import { Moment, useWords } from '@steward/ui'
import { inquiriesWords } from '../inquiries-words.ts'
import { PersonName } from '../person-name.tsx'
import { SubjectName } from '../subject-name.tsx'
import { TicketLink } from '../ticket-link.tsx'
import type { InquiryDetails } from '../use-inquiries.ts'
import classes from './inquiry.module.css'
import { inquiryWords } from './inquiry-words.ts'

/** The text as it was written; what looks like HTML in it is text. */
export function Question({ inquiry }: { inquiry: InquiryDetails }) {
  const words = useWords(inquiryWords)
  const { ticket, nobody } = useWords(inquiriesWords)
  const { text, askedBy, askedAt, owner, subject, ticketUrl } = inquiry
  return (
    <>
      <p className={classes['said']}>{text}</p>
      <dl className={classes['facts']}>
        <div>
          <dt>{words.askedBy}</dt>
          <dd>
            <PersonName person={askedBy} /> {'·'} <Moment at={askedAt} />
          </dd>
        </div>
        <div>
          <dt>{words.subject}</dt>
          <dd>
            <SubjectName subject={subject} />
          </dd>
        </div>
        <div>
          <dt>{words.owner}</dt>
          <dd>{owner === null ? nobody : <PersonName person={owner} />}</dd>
        </div>
        {ticketUrl !== null && (
          <div>
            <dt>{ticket}</dt>
            <dd>
              <TicketLink url={ticketUrl} />
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}
