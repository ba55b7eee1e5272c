// From page to page by the place where one ends: never a number of pages, which would need a count.
import { Button, Group, Text } from '@mantine/core'
import { useWords } from '@steward/ui'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { pageSize, usableKey } from './list-query.ts'
import { listWords } from './list-words.ts'
import type { List } from './use-list.ts'

export function ListPager({ list }: { list: List }) {
  const words = useWords(listWords)
  const { query, show, entity, state } = list
  const page = query.data
  if (page === undefined || page.rows.length === 0) return null
  if (usableKey(entity).length === 0) return <KeylessPager list={list} />
  const { rows } = page
  // The places of what is still shown are none in an order that is on its way.
  const { next, previous } = query.isPlaceholderData ? { next: null, previous: null } : page
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">
        {page.next === null && page.previous === null
          ? words.allShown({ count: rows.length })
          : words.page({ count: rows.length })}
      </Text>
      {(page.next !== null || page.previous !== null) && (
        <Group gap={6}>
          {state.place !== null && (
            <Button variant="subtle" size="compact-sm" onClick={() => show({})}>
              {words.first}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconChevronLeft size={14} />}
            disabled={previous === null}
            onClick={() => previous !== null && show({ place: { direction: 'before', cursor: previous } })}
          >
            {words.previous}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<IconChevronRight size={14} />}
            disabled={next === null}
            onClick={() => next !== null && show({ place: { direction: 'after', cursor: next } })}
          >
            {words.next}
          </Button>
        </Group>
      )}
    </Group>
  )
}

/** Without a key there is no place to go on from: more of the beginning is shown, as far as the server lets. */
function KeylessPager({ list: { query, show, entity, state } }: { list: List }) {
  const words = useWords(listWords)
  const page = query.data
  if (page === undefined) return null
  const count = page.rows.length
  const shown = state.rows ?? pageSize
  const most = (entity.maxRows ?? 10_000) - 1
  const isMore = page.hasMore || count > most
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed">
        {isMore ? words.someShown({ count }) : words.allShown({ count })}
      </Text>
      {page.hasMore && shown < most && (
        <Button variant="default" size="compact-sm" onClick={() => show({ rows: Math.min(shown * 4, most) })}>
          {words.showMore}
        </Button>
      )}
    </Group>
  )
}
