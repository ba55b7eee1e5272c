// Beside a record: every operation that touched it, newest first, and the record as it was.
import { Button, Group, Stack, Text } from '@mantine/core'
import { printJson } from '@steward/base'
import type { MetaEntity, Values } from '@steward/sdk'
import {
  EmptyState,
  ErrorNotice,
  LoadingRows,
  type Places,
  Section,
  Timeline,
  useSteward,
  useUrlTexts,
  useWords,
} from '@steward/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SeenChange } from '../answers.ts'
import { EntryOfTimeline } from './entry-of-timeline.tsx'
import { filterEntries, groupEntries } from './group-entries.ts'
import { LookBack } from './look-back.tsx'
import { NotTracked } from './not-tracked.tsx'
import { TimelineFilter } from './timeline-filter.tsx'
import { timelineWords } from './timeline-words.ts'
import { useFocusedEntry } from './use-focused-entry.ts'

const pageSize = 20

/** The timeline of a record, for the place `record.timeline`. */
export default function RecordTimeline(given: Places['record.timeline']) {
  return given.entity.isTracked === true ? <TrackedTimeline {...given} /> : <NotTracked entity={given.entity} />
}

function TrackedTimeline({ entity, recordKey, onLookBack }: Places['record.timeline']) {
  const words = useWords(timelineWords)
  const history = useHistory(entity, recordKey)
  const [filter, setFilter] = useUrlTexts(['field', 'who'])
  const pages = history.data?.pages
  const entries = useMemo(() => groupEntries(pages?.flat() ?? []), [pages])
  const shown = filterEntries(entries, filter)
  const { list, onFocus } = useFocusedEntry(shown)
  if (history.isError && pages === undefined) {
    return <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />
  }
  if (pages === undefined) return <LoadingRows rows={6} />
  if (entries.length === 0) return <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
  const isFiltered = filter.field !== undefined || filter.who !== undefined
  return (
    <Section
      title={words.timeline}
      actions={<TimelineFilter entity={entity} entries={entries} filter={filter} onChange={setFilter} />}
    >
      <Stack gap="md">
        <LookBack entity={entity} recordKey={recordKey} entries={entries} onLookBack={onLookBack} />
        <div ref={list} onFocus={onFocus}>
          <Timeline label={words.timeline}>
            {shown.map((entry) => (
              <EntryOfTimeline
                key={entry.id}
                entry={entry}
                entity={entity}
                recordKey={recordKey}
                only={filter.field === undefined ? undefined : [filter.field]}
              />
            ))}
          </Timeline>
        </div>
        {isFiltered && shown.length === 0 && <Text c="dimmed">{words.noMatch}</Text>}
        <Group gap="sm">
          {history.hasNextPage && (
            <Button
              variant="default"
              size="xs"
              loading={history.isFetchingNextPage}
              onClick={() => void history.fetchNextPage()}
            >
              {words.loadMore}
            </Button>
          )}
          <Text size="xs" c="dimmed" role="status">
            {isFiltered || history.hasNextPage ? words.looked({ entries: entries.length }) : words.complete}
          </Text>
        </Group>
        {history.isFetchNextPageError && <ErrorNotice error={history.error} />}
      </Stack>
    </Section>
  )
}

/** A page at a time, never all: a record may have changed a million times. */
function useHistory(entity: MetaEntity, recordKey: Values) {
  const { client } = useSteward()
  return useInfiniteQuery({
    queryKey: ['trail', 'history', entity.entity, printJson(recordKey)],
    queryFn: async ({ pageParam, signal }): Promise<SeenChange[]> =>
      client.history(entity.entity, recordKey, {
        signal,
        limit: pageSize,
        ...(pageParam === null ? {} : { before: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < pageSize ? null : (page.at(-1)?.id ?? null)),
  })
}
