// The rows of the list, a page at a time.
import { Button, Group, Text } from '@mantine/core'
import { DataTable, ErrorNotice, LoadingRows, Moment, PageLink, type TableColumn, useWords } from '@steward/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { inquiriesWords } from '../inquiries-words.ts'
import { InquiryState } from '../inquiry-state.tsx'
import { pathOf } from '../path-of.ts'
import { PersonName } from '../person-name.tsx'
import { SubjectName } from '../subject-name.tsx'
import { type Inquiry, useInquiries } from '../use-inquiries.ts'
import { WaitingText } from '../waiting-text.tsx'
import type { ListQuestion, Tab } from './list-filter.ts'
import { listWords } from './list-words.ts'
import { NothingListed } from './nothing-listed.tsx'

const pageSize = 50

type Given = { tab: Tab; question: ListQuestion; onTab: (tab: Tab) => void }

/** Newest first; j and k go through them, Enter opens. */
export function InquiryList({ tab, question, onTab }: Given) {
  const words = useWords(listWords)
  const shared = useWords(inquiriesWords)
  const inquiries = useInquiries()
  const navigate = useNavigate()
  const found = useInfiniteQuery({
    queryKey: ['inquiries', 'list', question],
    queryFn: ({ pageParam, signal }) => inquiries.list({ ...question, limit: pageSize, after: pageParam }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  })
  if (found.data === undefined) {
    return found.isError ? <ErrorNotice error={found.error} onRetry={() => void found.refetch()} /> : <LoadingRows />
  }
  const rows = found.data.pages.flatMap((page) => page.inquiries)
  if (rows.length === 0) return <NothingListed tab={tab} isSearch={question.text !== null} onTab={onTab} />
  const count = rows.length
  return (
    <>
      <DataTable
        label={shared.inquiries}
        columns={columnsOf(words, shared)}
        rows={rows}
        rowKey={({ id }) => String(id)}
        onOpen={(inquiry) => void navigate({ to: pathOf(inquiry) })}
        footer={
          <Group gap="sm" mt="sm">
            {found.hasNextPage && (
              <Button
                variant="default"
                size="xs"
                loading={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                {words.loadMore}
              </Button>
            )}
            <Text size="xs" c="dimmed" role="status">
              {found.hasNextPage ? words.soFar({ count }) : words.complete({ count })}
            </Text>
          </Group>
        }
      />
      {found.isFetchNextPageError && <ErrorNotice error={found.error} />}
    </>
  )
}

function columnsOf(words: (typeof listWords)['en'], { nobody }: { nobody: string }): TableColumn<Inquiry>[] {
  return [
    {
      id: 'title',
      header: words.title,
      render: (inquiry) => <PageLink to={pathOf(inquiry)}>{`#${inquiry.id} ${inquiry.title}`}</PageLink>,
    },
    { id: 'state', header: words.state, width: 100, render: ({ state }) => <InquiryState state={state} /> },
    { id: 'subject', header: words.subject, width: 180, render: ({ subject }) => <SubjectName subject={subject} /> },
    {
      id: 'askedBy',
      header: words.askedBy,
      width: 210,
      render: ({ askedBy, askedAt }) => (
        <>
          <PersonName person={askedBy} /> {'·'} <Moment at={askedAt} />
        </>
      ),
    },
    {
      id: 'owner',
      header: words.owner,
      width: 110,
      render: ({ owner }) =>
        owner === null ? (
          <Text span inherit c="dimmed">
            {nobody}
          </Text>
        ) : (
          <PersonName person={owner} />
        ),
    },
    { id: 'waiting', header: words.waiting, width: 190, render: (inquiry) => <WaitingText inquiry={inquiry} /> },
  ]
}
