// Who is signed in right now, and the end of a session.
import { Button } from '@mantine/core'
import {
  DataTable,
  deviceOf,
  EmptyState,
  ErrorNotice,
  Loaded,
  Moment,
  PageHeader,
  type TableColumn,
  useSteward,
  useTitle,
  useWords,
} from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { AccessTabs } from '../access-tabs.tsx'
import { accessWords } from '../access-words.ts'
import { type Access, useAccess, useDeed } from '../use-deed.ts'

type Session = Awaited<ReturnType<Access['listSessions']>>[number]

/** The page of sessions. */
export default function SessionsPage() {
  const words = useWords(accessWords)
  const access = useAccess()
  const { may } = useSteward()
  const sessions = useQuery({
    queryKey: ['access', 'sessions'],
    queryFn: ({ signal }) => access.listSessions({ person: null }, { signal }),
  })
  useTitle(words.sessions)
  const columns: TableColumn<Session>[] = [
    { id: 'person', header: words.person, render: ({ email }) => email },
    { id: 'address', header: words.address, render: ({ address }) => address ?? '' },
    {
      id: 'device',
      header: words.device,
      render: ({ userAgent }) => (
        <span title={userAgent ?? undefined}>{deviceOf(userAgent) ?? words.unknownDevice}</span>
      ),
    },
    { id: 'began', header: words.began, render: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: 'seen', header: words.seen, render: ({ lastSeenAt }) => <Moment at={lastSeenAt} /> },
    { id: 'expires', header: words.expires, render: ({ expiresAt }) => <Moment at={expiresAt} /> },
    {
      id: 'end',
      header: '',
      align: 'right',
      render: (session) => may('access:revoke-session') && <EndSession session={session} />,
    },
  ]
  return (
    <>
      <PageHeader title={words.sessions} detail={words.sessionsDetail} />
      <AccessTabs part="sessions" />
      <Loaded query={sessions}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.noSessions} />
          ) : (
            <DataTable label={words.sessions} columns={columns} rows={rows} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
    </>
  )
}

/** It can be begun again by signing in: nobody is asked twice. */
function EndSession({ session: { id, email } }: { session: Session }) {
  const words = useWords(accessWords)
  const end = useDeed(
    (access) => access.revokeSession({ id }),
    () => words.sessionEnded({ email }),
  )
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        loading={end.isPending}
        onClick={() => end.mutate(undefined)}
        aria-label={words.endSessionOf({ email })}
      >
        {words.endSession}
      </Button>
      {end.isError && <ErrorNotice error={end.error} />}
    </>
  )
}
