// The search through operations: newest first, a page at a time, with what happened day by day on top.
import { Button, Group, Stack, Text } from '@mantine/core'
import {
  EmptyState,
  ErrorNotice,
  LoadingRows,
  OperationLine,
  PageHeader,
  Section,
  useMeta,
  usePhrase,
  useSourceText,
  useSteward,
  useTitle,
  useUrlTexts,
  useWords,
} from '@steward/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationsAnswer } from '../answers.ts'
import { foldParents } from '../fold-parents.ts'
import { NotInstalled, saysNotInstalled } from '../not-installed.tsx'
import { OperationBadges } from '../operation-badges.tsx'
import { useTouched } from '../use-touched.ts'
import { ActivityBars } from './activity-bars.tsx'
import { FilterForm } from './filter-form.tsx'
import { filterNames, queryOf, type SearchFilter } from './operation-filter.ts'
import { OperationList } from './operation-list.tsx'
import { searchWords } from './search-words.ts'

const pageSize = 50

/** `/trail` */
export default function OperationsPage() {
  const words = useWords(searchWords)
  const { may } = useSteward()
  const [filter, setFilter] = useUrlTexts(filterNames)
  useTitle(words.trail)
  return (
    <Stack gap="md">
      <PageHeader
        title={words.trail}
        detail={
          <Text size="sm" component="span">
            {words.sentence(useToldFilter(filter))}
            <Text span c="dimmed">
              {' · '}
              {words.newestFirst}
            </Text>
          </Text>
        }
        actions={
          <>
            {may('trail:blast') && (
              <Button component={Link} to="/trail/blast" variant="default" size="xs">
                {words.blast}
              </Button>
            )}
            {may('trail:status') && (
              <Button component={Link} to="/trail/tables" variant="default" size="xs">
                {words.tables}
              </Button>
            )}
          </>
        }
      />
      {may('trail:activity') && <ActivityBars filter={filter} onChoose={(day) => setFilter({ from: day, to: day })} />}
      <FilterForm key={JSON.stringify(filter)} filter={filter} onChange={setFilter} />
      <Found filter={filter} />
    </Stack>
  )
}

function Found({ filter }: { filter: SearchFilter }) {
  const words = useWords(searchWords)
  const { client } = useSteward()
  const touched = useTouched()
  const found = useInfiniteQuery({
    queryKey: ['trail', 'operations', queryOf(filter)],
    queryFn: ({ pageParam, signal }) =>
      client.ask<OperationsAnswer>('/trail/operations', {
        query: { ...queryOf(filter), touched: true, limit: pageSize, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  if (saysNotInstalled(found.error)) return <NotInstalled />
  if (found.data === undefined) {
    return found.isError ? <ErrorNotice error={found.error} onRetry={() => void found.refetch()} /> : <LoadingRows />
  }
  const operations = foldParents(found.data.pages.flatMap((page) => page.operations))
  if (operations.length === 0) return <NothingFound isFiltered={Object.keys(filter).length > 0} />
  return (
    <Section>
      <OperationList operations={operations} label={words.operations}>
        {(operation) => (
          <OperationLine
            operation={operation}
            summary={touched(operation)}
            badges={<OperationBadges operation={operation} />}
          />
        )}
      </OperationList>
      <Group gap="sm">
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
          {found.hasNextPage ? words.soFar({ count: operations.length }) : words.complete({ count: operations.length })}
        </Text>
      </Group>
      {found.isFetchNextPageError && <ErrorNotice error={found.error} />}
    </Section>
  )
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  const words = useWords(searchWords)
  if (isFiltered) return <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
  return (
    <EmptyState
      title={words.nothingYet}
      action={
        <Button component={Link} to="/trail/tables" variant="default">
          {words.trackTables}
        </Button>
      }
    >
      {words.nothingYetHint}
    </EmptyState>
  )
}

/** Labels instead of names, as far as the person may see them. */
function useToldFilter(filter: SearchFilter) {
  const say = usePhrase()
  const { data: meta } = useMeta()
  const sourceText = useSourceText()
  const { actor, procedure, entity, field, source, from, to, text } = filter
  const found = meta?.entities.find((each) => each.entity === entity)
  const column = found?.columns.find(({ name }) => name === field)
  return {
    who: actor ?? null,
    procedure: procedure ?? null,
    entity: found === undefined ? (entity ?? null) : say(found.label),
    field: column === undefined ? (field ?? null) : say(column.label),
    source: source === undefined ? null : sourceText(source),
    from: from ?? null,
    to: to ?? null,
    text: text ?? null,
  }
}
