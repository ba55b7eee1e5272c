// What happened day by day, as small bars.
import { Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ActivityStep } from '../answers.ts'
import { activityQuestion, countDays, dayOf, daysBefore } from './count-days.ts'
import { queryOf, type SearchFilter } from './operation-filter.ts'
import styles from './search.module.css'
import { searchWords } from './search-words.ts'

const days = 30

/** A bar a day of the last thirty; a day that is chosen narrows the search. Counting takes a while where much has happened. */
export function ActivityBars({ filter, onChoose }: { filter: SearchFilter; onChoose: (day: string) => void }) {
  const words = useWords(searchWords)
  const { client } = useSteward()
  const question = activityQuestion(filter)
  const last = useMemo(() => new Date(), [])
  const from = dayOf(daysBefore(last, days - 1))
  const activity = useQuery({
    queryKey: ['trail', 'activity', question.by, from],
    queryFn: ({ signal }) =>
      client.ask<ActivityStep[]>('/trail/activity', {
        query: {
          by: question.by,
          every: 'day',
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          ...queryOf({ from }),
        },
        signal,
      }),
    staleTime: 60_000,
  })
  if (activity.isError) return null
  if (activity.data === undefined) return <Skeleton className={styles['skeleton'] ?? ''} />
  const counts = countDays(activity.data, question, { last, days })
  const highest = Math.max(...counts.map(({ operations }) => operations), 1)
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {question.name === null ? words.activity : words.activityOf({ name: question.name })}
        </Text>
        <Text size="xs" c="dimmed">
          {words.activityHint({ days })}
        </Text>
      </Group>
      <ol className={styles['bars']} aria-label={words.activity}>
        {counts.map(({ day, operations }) => (
          <li key={day} className={filter.from === day && filter.to === day ? styles['chosen'] : undefined}>
            <Tooltip label={words.dayCount({ day, operations })}>
              <button
                type="button"
                className={styles['bar']}
                aria-label={words.dayCount({ day, operations })}
                onClick={() => onChoose(day)}
              >
                <span className={styles['fill']} style={{ height: `${(operations / highest) * 100}%` }} />
              </button>
            </Tooltip>
          </li>
        ))}
      </ol>
    </Stack>
  )
}
