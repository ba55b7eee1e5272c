// The answer of an inquiry: for the customer, drafted from the timeline, and for the colleague who asked.
import { Button, Stack } from '@mantine/core'
import { EmptyState, LoadingRows, Moment, Section, useSteward, useUrlTexts, useWords } from '@steward/ui'
import { useCallback, useState } from 'react'
import type { DraftedAnswer } from '../../contract/draft-answer.ts'
import { AnswerDraft } from '../answer/answer-draft.tsx'
import { answerWords } from '../answer/answer-words.ts'
import { KeptAnswerShown } from '../answer/draft-editor.tsx'
import { splitAnswer } from '../answer/kept-answer.ts'
import type { InquiryDetails } from '../use-inquiries.ts'
import { AnswerForm } from './answer-form.tsx'
import classes from './inquiry.module.css'
import { inquiryWords } from './inquiry-words.ts'
import { OperationPicker } from './operation-picker.tsx'
import type { KnownOperations } from './use-known-operations.ts'

type Given = { inquiry: InquiryDetails; known: KnownOperations }

/** What is answered is shown first; a new draft is a click away. What is not answered yet is drafted at once. */
export function AnswerSection({ inquiry, known }: Given) {
  const words = useWords(inquiryWords)
  const { may } = useSteward()
  const [isAnew, setAnew] = useState(false)
  const [text, setText] = useState<DraftedAnswer | null>(null)
  const hear = useCallback((answer: DraftedAnswer | null) => setText(answer), [])
  const { state, answer } = inquiry
  const isWaiting = state === 'open' || state === 'taken'
  const mayDraft = may('trail:operation')
  return (
    <>
      {answer !== null && <AnswerShown inquiry={inquiry} answer={answer} />}
      {mayDraft && !isWaiting && !isAnew && (
        <div>
          <Button variant="default" size="xs" onClick={() => setAnew(true)}>
            {words.draftAnew}
          </Button>
        </div>
      )}
      {mayDraft && (isWaiting || isAnew) && <DraftSection known={known} onText={hear} />}
      {isWaiting && may('inquiries:answer') && <AnswerForm inquiry={inquiry} customer={text} />}
    </>
  )
}

function AnswerShown({ inquiry, answer }: { inquiry: InquiryDetails; answer: string }) {
  const words = useWords(inquiryWords)
  const { answerCustomer } = useWords(answerWords)
  const { answeredBy, answeredAt } = inquiry
  const { note, customer } = splitAnswer(answer)
  return (
    <>
      <Section title={words.answer}>
        {note !== '' && <p className={classes['said']}>{note}</p>}
        <div className={classes['happened']}>
          {answeredBy !== null && <span>{words.saidAnswered({ by: answeredBy.name ?? answeredBy.id })}</span>}
          {answeredAt !== null && <Moment at={answeredAt} />}
        </div>
      </Section>
      {customer !== null && (
        <Section title={answerCustomer}>
          <KeptAnswerShown answer={customer} />
        </Section>
      )}
    </>
  )
}

type DraftGiven = { known: KnownOperations; onText: (answer: DraftedAnswer | null) => void }

function DraftSection({ known, onText }: DraftGiven) {
  const words = useWords(inquiryWords)
  const { answerCustomer } = useWords(answerWords)
  const [texts, setTexts] = useUrlTexts(['operation', 'whose', 'cause', 'draft'])
  const [isChoosing, setChoosing] = useState(false)
  const operation = texts.operation ?? known.picked
  const others = othersOf(known).filter(({ id }) => id !== operation)
  const choose = (id: string) => {
    // Whose doing it was, and whose data, is another question for another operation.
    setTexts({ operation: id, whose: null, cause: null })
    setChoosing(false)
  }
  const toggle = others.length > 0 && (
    <Button variant="subtle" size="xs" aria-expanded={isChoosing} onClick={() => setChoosing(!isChoosing)}>
      {isChoosing ? words.hideOthers : words.chooseOther}
    </Button>
  )
  return (
    <Section title={answerCustomer} actions={toggle}>
      <Stack gap="sm">
        {isChoosing && (
          <OperationPicker label={words.chooseOther} operations={others} deed={words.choose} onPick={choose} />
        )}
        {operation === undefined && <LoadingRows rows={5} />}
        {operation === null && <EmptyState title={words.noOperation}>{words.noOperationHint}</EmptyState>}
        {operation != null && (
          <AnswerDraft
            operation={operation}
            subject={known.record}
            choice={texts}
            onChoice={setTexts}
            onText={onText}
          />
        )}
      </Stack>
    </Section>
  )
}

/** What the draft could tell of besides: linked operations first, then the record's latest. */
function othersOf({ linked, latest }: KnownOperations) {
  const all = [...linked.flatMap(({ query }) => query.data?.operation ?? []), ...latest]
  return [...new Map(all.map((operation) => [operation.id, operation])).values()]
}
