// The tables of the service, tracked or not, and how to begin and to stop.
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import {
  DangerButton,
  DataTable,
  ErrorNotice,
  entityPath,
  Moment,
  notifyDone,
  PageLink,
  Section,
  SubmitButton,
  useMeta,
  usePhrase,
  useSteward,
  useWords,
} from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { StatusAnswer } from '../answers.ts'
import { tablesWords } from './tables-words.ts'

type Table = StatusAnswer['tables'][number]

/** A row a table. */
export function TrackedTables({ tables }: { tables: readonly Table[] }) {
  const words = useWords(tablesWords)
  const { may } = useSteward()
  const [leaving, setLeaving] = useState<string | null>(null)
  const { track, untrack } = useTracking(() => setLeaving(null))
  const untracked = tables.filter(({ tracked }) => !tracked).map(({ entity }) => entity)
  const modes = { row: words.modeRow, bulk: words.modeBulk }
  return (
    <Section
      title={words.tables}
      actions={
        may('trail:track') &&
        untracked.length > 1 && (
          <SubmitButton isBusy={track.isPending} onClick={() => track.mutate(untracked)}>
            {words.trackAll({ tables: untracked.length })}
          </SubmitButton>
        )
      }
    >
      {track.isError && <ErrorNotice error={track.error} />}
      {tables.length === 0 && <Text c="dimmed">{words.noTables}</Text>}
      <DataTable
        label={words.tables}
        rows={tables}
        rowKey={({ entity }) => entity}
        columns={[
          { id: 'entity', header: words.entity, render: ({ entity }) => <NameOf entity={entity} /> },
          {
            id: 'state',
            header: words.state,
            render: ({ tracked }) => (
              <Badge size="sm" tt="none" variant="light" color={tracked ? 'green' : 'gray'}>
                {tracked ? words.isTracked : words.isUntracked}
              </Badge>
            ),
          },
          { id: 'since', header: words.since, render: ({ since }) => since !== null && <Moment at={since} /> },
          { id: 'mode', header: words.mode, render: ({ mode }) => mode !== null && modes[mode] },
          { id: 'problems', header: words.problems, render: ({ problems }) => problems.join(', ') },
          {
            id: 'actions',
            header: null,
            align: 'right',
            render: ({ entity, tracked }) => (
              <>
                {!tracked && may('trail:track') && (
                  <Button size="compact-xs" disabled={track.isPending} onClick={() => track.mutate([entity])}>
                    {words.track}
                  </Button>
                )}
                {tracked && may('trail:untrack') && (
                  <Button size="compact-xs" variant="default" onClick={() => setLeaving(entity)}>
                    {words.untrack}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      <Modal
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={words.untrackTitle({ entity: leaving ?? '' })}
      >
        <Stack gap="sm">
          <Text size="sm">{words.untrackHint}</Text>
          {untrack.isError && <ErrorNotice error={untrack.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setLeaving(null)}>
              {words.cancel}
            </Button>
            <DangerButton isBusy={untrack.isPending} onClick={() => leaving !== null && untrack.mutate(leaving)}>
              {words.untrack}
            </DangerButton>
          </Group>
        </Stack>
      </Modal>
    </Section>
  )
}

function NameOf({ entity }: { entity: string }) {
  const say = usePhrase()
  const { data: meta } = useMeta()
  const found = meta?.entities.find((each) => each.entity === entity)
  return found === undefined ? entity : <PageLink to={entityPath(entity)}>{say(found.label)}</PageLink>
}

/** Both leave an operation of their own, and change what other pages say of the table. */
function useTracking(onUntracked: () => void) {
  const words = useWords(tablesWords)
  const { client } = useSteward()
  const queries = useQueryClient()
  const refresh = () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'trail' || queryKey[0] === 'meta' })
  const track = useMutation({
    mutationFn: (entities: readonly string[]) => client.ask('/trail/track', { body: { entities } }),
    onSuccess: async (_, entities) => {
      notifyDone({ message: words.tracked({ tables: entities.length }) })
      await refresh()
    },
  })
  const untrack = useMutation({
    mutationFn: (entity: string) => client.ask('/trail/untrack', { body: { entity } }),
    onSuccess: async (_, entity) => {
      onUntracked()
      notifyDone({ message: words.untracked({ entity }) })
      await refresh()
    },
  })
  return { track, untrack }
}
