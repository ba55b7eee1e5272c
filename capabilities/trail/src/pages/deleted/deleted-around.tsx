// Beside a record: what belonged to it and was deleted. "Our orders are gone" begins at the customer, whose own row nobody touched.
import { Badge, Group, Text } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import {
  PageLink,
  type Places,
  RecordLink,
  revertPath,
  Section,
  summaryOf,
  Timeline,
  TimelineEntry,
  useLanguage,
  useMeta,
  useSteward,
  useWords,
  valueText,
} from '@steward/ui'
import { useQueries } from '@tanstack/react-query'
import { deletedWords } from './deleted-words.ts'
import { type Deletion, type DeletionGroup, groupDeletions, pointingAt } from './group-deletions.ts'

const mostOfEach = 200
const shownGroups = 5
const shownRecords = 8

type Page = { changes: Deletion[]; isComplete: boolean }

/** Operations that deleted records which belonged to this one; nothing where there are none. */
export default function DeletedAround({ entity, recordKey, record }: Places['record.timeline']) {
  const words = useWords(deletedWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const { may } = useSteward()
  const groups = useDeletions(entity, { ...record, ...recordKey })
  if (groups.length === 0) return null
  return (
    <Section title={words.deletedHere}>
      <Text size="xs" c="dimmed" mb="xs">
        {words.deletedHereHint}
      </Text>
      <Timeline label={words.deletedHere}>
        {groups.slice(0, shownGroups).map((group) => (
          <TimelineEntry
            key={group.operation.id}
            operation={group.operation}
            summary={`− ${summaryOf(group.deletions, meta, language)}`}
            badges={
              group.isBack && (
                <Badge variant="light" color="green" size="sm" tt="none">
                  {words.isBack}
                </Badge>
              )
            }
            actions={
              !group.isBack &&
              may('trail:revert') && <PageLink to={revertPath(group.operation.id)}>{words.revert}</PageLink>
            }
          >
            <Group gap="4px 10px" fz="sm">
              {group.deletions.slice(0, shownRecords).map((deletion) => (
                <RecordLink
                  key={deletion.id}
                  entity={deletion.entity}
                  recordKey={deletion.key}
                  label={titleOf(deletion, meta?.entities)}
                />
              ))}
              {group.deletions.length > shownRecords && (
                <Text size="sm" c="dimmed">
                  {words.andMore({ count: group.deletions.length - shownRecords })}
                </Text>
              )}
            </Group>
          </TimelineEntry>
        ))}
      </Timeline>
    </Section>
  )
}

/** Asks each entity that points at the record; one that the role cannot be told of has nothing to say. */
function useDeletions(entity: MetaEntity, values: Values): DeletionGroup[] {
  const { client } = useSteward()
  const { data: meta } = useMeta()
  return useQueries({
    queries: pointingAt(entity, values, meta?.entities ?? []).map(({ entity: other, column, value }) => ({
      queryKey: ['trail', 'deleted', other, column, value],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.ask<Page>(`/trail/deleted/${encodeURIComponent(other)}`, {
          query: { [`filter[${column}]`]: value, limit: mostOfEach },
          signal,
        }),
      retry: false,
    })),
    combine: (answers) => groupDeletions(answers.flatMap(({ data }) => data?.changes ?? [])),
  })
}

function titleOf({ entity, before }: Deletion, entities: readonly MetaEntity[] | undefined): string | null {
  const title = entities?.find((each) => each.entity === entity)?.title
  const value = title == null ? null : before?.[title]
  return value == null ? null : valueText(value)
}
