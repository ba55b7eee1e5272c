// The log of calls: who asked the Admin API for what.
import { Button, Text } from '@mantine/core'
import { type CallError, isStewardError } from '@steward/sdk'
import {
  DataTable,
  EmptyState,
  ErrorNotice,
  LoadingRows,
  PageHeader,
  useSteward,
  useTitle,
  useWords,
} from '@steward/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallColumns } from './call-columns.tsx'
import { askedCalls, type CallFilter, readCallFilter } from './call-filter.ts'
import { callWords } from './call-words.ts'
import { CallsFilter } from './calls-filter.tsx'
import type { LoggedCall } from './logged-call.ts'

const pageSize = 100

/** `/calls` */
export default function CallsPage() {
  const words = useWords(callWords)
  const { client } = useSteward()
  const navigate = useNavigate()
  const filter = readCallFilter(useSearch({ strict: false }))
  useTitle(words.title)
  const columns = useCallColumns()
  const query = useInfiniteQuery({
    queryKey: ['calls', filter],
    queryFn: ({ pageParam, signal }) =>
      client.ask<LoggedCall[]>('/calls', {
        query: { ...askedCalls(filter), limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < pageSize ? null : (page.at(-1)?.id ?? null)),
    structuralSharing: false,
  })
  const change = (changed: CallFilter) => void navigate({ to: '.', search: changed, replace: true })
  const calls = query.data?.pages.flat() ?? []
  const isFiltered = Object.keys(filter).length > 0
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <CallsFilter filter={filter} onChange={change} />
      {query.isError && !isUnlogged(query.error) && (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <LoadingRows rows={12} />}
      {((query.isSuccess && calls.length === 0) || isUnlogged(query.error)) && (
        <EmptyState
          title={isFiltered ? words.noMatch : words.none}
          {...(isFiltered
            ? {
                action: (
                  <Button variant="default" onClick={() => change({})}>
                    {words.clear}
                  </Button>
                ),
              }
            : {})}
        >
          {isFiltered ? null : words.noneText}
        </EmptyState>
      )}
      {calls.length > 0 && (
        <DataTable
          columns={columns}
          rows={calls}
          rowKey={({ id }) => id}
          label={words.title}
          footer={
            query.hasNextPage ? (
              <Button
                variant="default"
                size="compact-sm"
                mt="sm"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {words.more}
              </Button>
            ) : (
              <Text size="sm" c="dimmed" mt="sm">
                {words.shown({ count: calls.length })} {words.complete}
              </Text>
            )
          }
        />
      )}
    </>
  )
}

/** A server that keeps no log has none to show. */
function isUnlogged(error: CallError | Error | null): boolean {
  return isStewardError(error, 'ENTITIES_NO_CALL_LOG')
}
