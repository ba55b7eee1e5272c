// Promise by promise, which verb of inquiries keeps it.
import { type KeptProcedures, keep } from '@steward/engine'
import { answerInquiry, closeInquiry, reopenInquiry } from './answer-inquiry.ts'
import { askInquiry } from './ask-inquiry.ts'
import { inquiriesContract } from './contract.ts'
import { readInquiry } from './find-inquiry.ts'
import { type ListPeople, listColleagues } from './list-colleagues.ts'
import { listInquiries } from './list-inquiries.ts'
import { reportWeeks } from './report-weeks.ts'
import { commentInquiry, linkOperation, unlinkOperation } from './say-in-thread.ts'
import { countWaiting } from './store/inquiries.ts'
import { assignInquiry, takeInquiry } from './take-inquiry.ts'

/** The verbs, with whoever knows the people of this installation. */
export function inquiriesProcedures(listPeople: ListPeople): KeptProcedures {
  return keep(inquiriesContract, {
    list: ({ transaction, actor }, question) => listInquiries(transaction, question, actor),
    read: ({ transaction }, { id }) => readInquiry(transaction, id),
    people: ({ transaction }) => listColleagues(transaction, listPeople),
    attention: ({ transaction, actor }) => countWaiting(transaction, actor),
    week: ({ transaction }, question) => reportWeeks(transaction, question),
    ask: ({ transaction, actor }, question) => askInquiry(transaction, question, actor),
    take: ({ transaction, actor }, { id }) => takeInquiry(transaction, id, actor),
    assign: ({ transaction, actor: by }, { id, person }) => assignInquiry(transaction, id, { person, by, listPeople }),
    comment: ({ transaction, actor }, said) => commentInquiry(transaction, said, actor),
    link: ({ transaction, actor }, linked) => linkOperation(transaction, linked, actor),
    unlink: ({ transaction, actor }, linked) => unlinkOperation(transaction, linked, actor),
    answer: ({ transaction, actor }, said) => answerInquiry(transaction, said, actor),
    close: ({ transaction, actor }, { id }) => closeInquiry(transaction, id, actor),
    reopen: ({ transaction, actor }, { id }) => reopenInquiry(transaction, id, actor),
  })
}
