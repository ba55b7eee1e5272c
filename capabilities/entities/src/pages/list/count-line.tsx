// How many records there are: about so many, and exactly when somebody asks, who may change their mind.
import { Button, Group, Text } from '@mantine/core'
import { about, ErrorNotice, useLanguage, useSteward, useWords } from '@steward/ui'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { countRecords } from './count-records.ts'
import { printState } from './list-state.ts'
import { listWords } from './list-words.ts'
import type { List } from './use-list.ts'

/** Counts only on demand: an exact count of a large table takes as long as reading it. */
export function CountLine({ list: { entity, state } }: { list: List }) {
  const words = useWords(listWords)
  const { language } = useLanguage()
  const { client } = useSteward()
  const stop = useRef<AbortController | null>(null)
  const count = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      return countRecords(client, { entity, state, signal: stop.current.signal })
    },
  })
  const { reset } = count
  const asked = JSON.stringify(printState({ ...state, columns: null, order: [], place: null, rows: null }))
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted holds for this filter alone.
  useEffect(() => {
    reset()
    return () => stop.current?.abort()
  }, [asked, reset])
  const isWhole = state.filter.length === 0 && state.search === ''
  const cancel = () => {
    stop.current?.abort()
    count.reset()
  }
  if (count.isPending) {
    return (
      <Group gap={6} component="span">
        <Text size="sm" component="span">
          {words.counting}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={cancel}>
          {words.cancel}
        </Button>
      </Group>
    )
  }
  if (count.data !== undefined)
    return (
      <Text size="sm" component="span">
        {words.exactly({ count: count.data })}
      </Text>
    )
  return (
    <Group gap={6} component="span">
      {isWhole && entity.estimatedRows !== null && (
        <Text size="sm" component="span">
          {words.about({ rows: about(entity.estimatedRows, language) })}
        </Text>
      )}
      <Button variant="transparent" size="compact-xs" px={0} onClick={() => count.mutate()}>
        {isWhole ? words.countAll : words.countFound}
      </Button>
      {count.isError && <ErrorNotice error={count.error} />}
    </Group>
  )
}
