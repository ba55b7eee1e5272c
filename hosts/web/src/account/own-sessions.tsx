// Where one is signed in, and how to end it there.
import { Badge, Button } from '@mantine/core'
import {
  DataTable,
  deviceOf,
  EmptyState,
  ErrorNotice,
  Loaded,
  Moment,
  notifyDone,
  useSteward,
  useWords,
} from '@steward/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { accountWords } from './account-words.ts'

/** The name of the question, to ask it anew. */
export const sessionsKey = ['me', 'sessions'] as const

type OwnSession = {
  id: string
  address: string | null
  userAgent: string | null
  createdAt: string
  lastSeenAt: string
  isCurrent: boolean
}

/** The sessions that work, with a button for each but this one. */
export function OwnSessions() {
  const words = useWords(accountWords)
  const { client } = useSteward()
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => client.ask<OwnSession[]>('/auth/sessions', { signal }),
  })
  const end = useMutation({
    mutationFn: (id: string) => client.ask('/auth/sessions/revoke', { body: { id } }),
    onSuccess: async () => {
      notifyDone({ message: words.ended })
      await queries.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  const nameOf = ({ userAgent }: OwnSession) => deviceOf(userAgent) ?? words.unknownDevice
  return (
    <>
      {end.isError && <ErrorNotice error={end.error} />}
      <Loaded query={sessions}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.noSessions} />
          ) : (
            <DataTable
              rows={rows}
              rowKey={({ id }: OwnSession) => id}
              columns={[
                { id: 'device', header: words.device, render: (row: OwnSession) => nameOf(row) },
                { id: 'address', header: words.address, render: (row: OwnSession) => row.address },
                { id: 'begun', header: words.begun, render: (row: OwnSession) => <Moment at={row.createdAt} /> },
                { id: 'seen', header: words.seen, render: (row: OwnSession) => <Moment at={row.lastSeenAt} /> },
                {
                  id: 'end',
                  header: '',
                  align: 'right',
                  render: (row: OwnSession) =>
                    row.isCurrent ? (
                      <Badge variant="light">{words.thisOne}</Badge>
                    ) : (
                      <Button
                        size="compact-xs"
                        variant="default"
                        loading={end.isPending && end.variables === row.id}
                        aria-label={words.endThis({ device: nameOf(row) })}
                        onClick={() => end.mutate(row.id)}
                      >
                        {words.end}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </>
  )
}
