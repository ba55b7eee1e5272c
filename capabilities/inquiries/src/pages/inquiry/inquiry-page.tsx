// The page of an inquiry: what is asked, what was said, the operations that belong to it, and its answer.
import {
  EmptyState,
  ErrorNotice,
  Loaded,
  LoadingPage,
  PageHeader,
  PageLink,
  Section,
  useTitle,
  useWords,
} from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { inquiriesWords } from '../inquiries-words.ts'
import { InquiryState } from '../inquiry-state.tsx'
import { type InquiryDetails, inquiryQueryKey, useInquiries } from '../use-inquiries.ts'
import { WaitingText } from '../waiting-text.tsx'
import { AnswerSection } from './answer-section.tsx'
import classes from './inquiry.module.css'
import { InquiryDeeds } from './inquiry-deeds.tsx'
import { inquiryWords } from './inquiry-words.ts'
import { LinkedOperations } from './linked-operations.tsx'
import { Question } from './question.tsx'
import { Thread } from './thread.tsx'
import { useKnownOperations } from './use-known-operations.ts'

/** `/inquiries/$id` */
export default function InquiryPage() {
  const words = useWords(inquiriesWords)
  const { id: text = '' } = useParams({ strict: false }) as { id?: string }
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null
  const inquiries = useInquiries()
  const inquiry = useQuery({
    queryKey: inquiryQueryKey(id ?? 0),
    enabled: id !== null,
    queryFn: ({ signal }) => inquiries.read({ id: id as number }, { signal }),
    // Somebody else may be at it.
    refetchInterval: 30_000,
  })
  if (id === null || (inquiry.isError && inquiry.data === undefined)) {
    return (
      <>
        <PageHeader path={[{ label: words.inquiries, to: '/inquiries' }]} title={`#${text}`} />
        {id === null ? (
          <EmptyState
            title={words.noInquiry({ text })}
            action={<PageLink to="/inquiries">{words.inquiries}</PageLink>}
          />
        ) : (
          <ErrorNotice error={inquiry.error} onRetry={() => void inquiry.refetch()} />
        )}
      </>
    )
  }
  return (
    <Loaded query={inquiry} loading={<LoadingPage />}>
      {(data) => <InquiryShown key={data.id} inquiry={data} />}
    </Loaded>
  )
}

function InquiryShown({ inquiry }: { inquiry: InquiryDetails }) {
  const words = useWords(inquiriesWords)
  const { question } = useWords(inquiryWords)
  const { id, title, state } = inquiry
  const known = useKnownOperations(inquiry)
  useTitle(`#${id} ${title}`)
  return (
    <>
      <PageHeader
        path={[{ label: words.inquiries, to: '/inquiries' }]}
        title={`#${id} ${title}`}
        detail={
          <>
            <InquiryState state={state} /> <WaitingText inquiry={inquiry} />
          </>
        }
        actions={<InquiryDeeds inquiry={inquiry} />}
      />
      <div className={classes['page']}>
        <div className={classes['question']}>
          <Section title={question}>
            <Question inquiry={inquiry} />
          </Section>
        </div>
        <div className={classes['answer']}>
          <AnswerSection inquiry={inquiry} known={known} />
          <LinkedOperations inquiry={inquiry} known={known} />
        </div>
        <div className={classes['thread']}>
          <Thread inquiry={inquiry} />
        </div>
      </div>
    </>
  )
}
