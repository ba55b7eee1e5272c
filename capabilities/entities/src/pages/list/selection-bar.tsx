// What can be done with the records that are chosen: others choose all that match, with a count that is not guessed.
import { Button, Group, Paper, Text } from '@mantine/core'
import { ErrorNotice, Place, useSteward, useWords } from '@steward/ui'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { countRecords } from './count-records.ts'
import { filtersOf } from './filters-of.ts'
import { printState } from './list-state.ts'
import { listWords } from './list-words.ts'
import { noSelection, type Selection, selectedCount } from './selection.ts'
import type { List } from './use-list.ts'

const BulkEdit = lazy(() => import('../bulk/bulk-edit.tsx'))
const BulkDelete = lazy(() => import('../bulk/bulk-delete.tsx'))

type Chosen = { list: List; selection: Selection; onChange: (selection: Selection) => void }

export function SelectionBar({ list, selection, onChange }: Chosen) {
  const { entity, state } = list
  const words = useWords(listWords)
  const [doing, setDoing] = useState<'edit' | 'delete' | null>(null)
  useForgetting(list, onChange)
  const all = useChoosingAll(list, onChange)
  const count = selectedCount(selection)
  if (count === 0) return null
  const may = (kind: 'update' | 'delete') => entity.writes.includes(kind)
  const done = () => {
    setDoing(null)
    onChange(noSelection)
  }
  const given = { entity, selection, onClose: () => setDoing(null), onDone: done }
  return (
    <Paper withBorder px="md" py={3} role="region" aria-label={words.selected({ count })}>
      <Group gap="xs">
        <Text size="sm" fw={600} aria-live="polite">
          {words.selected({ count })}
        </Text>
        {selection.matching === null && (state.filter.length > 0 || state.search !== '' || isMore(list)) && (
          <Button variant="subtle" size="compact-sm" loading={all.isPending} onClick={() => all.mutate()}>
            {words.selectAll}
          </Button>
        )}
        <Button variant="subtle" size="compact-sm" color="gray" onClick={() => onChange(noSelection)}>
          {words.selectNone}
        </Button>
        {may('update') && (
          <Button variant="default" size="compact-sm" onClick={() => setDoing('edit')}>
            {words.edit({ count })}
          </Button>
        )}
        {selection.matching === null && (
          <Place name="list.selection" given={{ entity, keys: [...selection.keys.values()] }} />
        )}
        {may('delete') && (
          <Button variant="subtle" color="red" size="compact-sm" onClick={() => setDoing('delete')}>
            {words.remove({ count })}
          </Button>
        )}
      </Group>
      {all.isError && <ErrorNotice error={all.error} />}
      <Suspense>
        {doing === 'edit' && <BulkEdit {...given} />}
        {doing === 'delete' && <BulkDelete {...given} />}
      </Suspense>
    </Paper>
  )
}

function isMore({ query: { data } }: List): boolean {
  return data !== undefined && (data.next !== null || data.previous !== null)
}

/** What was chosen under another filter is not what is seen now. */
function useForgetting({ state }: List, onChange: Chosen['onChange']): void {
  const seen = JSON.stringify(printState({ ...state, columns: null, order: [], place: null, rows: null }))
  useEffect(() => {
    // Named, so that the selection goes when it changes.
    void seen
    onChange(noSelection)
  }, [seen, onChange])
}

/** Chooses all that match: counted now, so that no more than those can be changed later. */
function useChoosingAll({ entity, state }: List, onChange: Chosen['onChange']) {
  const { client } = useSteward()
  return useMutation({
    mutationFn: async () => {
      const { signal } = new AbortController()
      const filters = (await filtersOf(client, { entity, state, signal })) ?? []
      return { filters, count: await countRecords(client, { entity, state, signal }) }
    },
    onSuccess: (matching) => onChange({ keys: new Map(), matching }),
  })
}
