// The keys of programs: their role, when they expire, when they were used last.
import { Button, Switch } from '@mantine/core'
import {
  DataTable,
  EmptyState,
  Loaded,
  Moment,
  PageHeader,
  type TableColumn,
  useSteward,
  useTitle,
  useWords,
  Value,
} from '@steward/ui'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { AccessTabs } from '../access-tabs.tsx'
import { accessWords } from '../access-words.ts'
import { AskFirst } from '../ask-first.tsx'
import { ShownOnce, type ShownSecret } from '../shown-once.tsx'
import { useCreator } from '../use-creator.ts'
import { type Access, useAccess, useDeed } from '../use-deed.ts'
import { KeyDialog } from './key-dialog.tsx'

type Key = Awaited<ReturnType<Access['listKeys']>>[number]

/** The page of keys. */
export default function KeysPage() {
  const words = useWords(accessWords)
  const access = useAccess()
  const { may } = useSteward()
  const creatorOf = useCreator()
  const all = (useSearch({ strict: false }) as { all?: string }).all === '1'
  const navigate = useNavigate()
  const [isMaking, setMaking] = useState(false)
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const keys = useQuery({
    queryKey: ['access', 'keys', all],
    queryFn: ({ signal }) => access.listKeys({ all }, { signal }),
  })
  useTitle(words.keys)
  const make = may('access:create-key') && (
    <Button leftSection={<IconKey size={16} />} onClick={() => setMaking(true)}>
      {words.makeKey}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.keys} detail={words.keysDetail} actions={make} />
      <AccessTabs part="keys" />
      {keys.data !== undefined && (
        <Switch
          label={words.showRevoked}
          checked={all}
          onChange={(event) => void navigate({ to: '.', search: event.currentTarget.checked ? { all: true } : {} })}
          mb="sm"
        />
      )}
      <Loaded query={keys}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.noKeys} action={make}>
              {words.keyFirst}
            </EmptyState>
          ) : (
            <DataTable
              label={words.keys}
              columns={columnsOf(words, { mayRevoke: may('access:revoke-key'), creatorOf })}
              rows={rows}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
      {isMaking && (
        <KeyDialog
          onClose={() => setMaking(false)}
          onMade={({ name, secret, expiresAt: until }) =>
            setShown({ title: words.keyReady({ name }), hint: words.keyHint, secret, copyLabel: words.copyKey, until })
          }
        />
      )}
      <ShownOnce shown={shown} onClose={() => setShown(null)} />
    </>
  )
}

type Told = { mayRevoke: boolean; creatorOf: (createdBy: string) => string }

function columnsOf(words: (typeof accessWords)['en'], { mayRevoke, creatorOf }: Told): TableColumn<Key>[] {
  const isOver = ({ expiresAt }: Key) => expiresAt !== null && new Date(expiresAt) < new Date()
  const stateOf = (key: Key) => (key.revokedAt !== null ? words.revoked : isOver(key) ? words.expired : words.usable)
  const momentOf = (at: string | null) => (at === null ? words.never : <Moment at={at} />)
  return [
    { id: 'name', header: words.keyName, render: ({ name }) => name },
    { id: 'id', header: words.keyId, render: ({ id }) => <Value value={id} isCompact /> },
    { id: 'role', header: words.role, render: ({ role }) => role },
    { id: 'state', header: words.state, render: stateOf },
    { id: 'lastUsed', header: words.lastUsed, render: ({ lastUsedAt }) => momentOf(lastUsedAt) },
    { id: 'expires', header: words.expires, render: ({ expiresAt }) => momentOf(expiresAt) },
    { id: 'madeBy', header: words.madeBy, render: ({ createdBy }) => creatorOf(createdBy) },
    {
      id: 'revoke',
      header: '',
      align: 'right',
      render: (key) => mayRevoke && key.revokedAt === null && <RevokeKey apiKey={key} />,
    },
  ]
}

function RevokeKey({ apiKey: { id, name } }: { apiKey: Key }) {
  const words = useWords(accessWords)
  const [isAsked, setAsked] = useState(false)
  const revoke = useDeed(
    (access, reason: string | undefined) => access.revokeKey({ id }, reason === undefined ? {} : { reason }),
    () => words.keyRevoked({ name }),
  )
  const close = () => setAsked(false)
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsked(true)}>
        {words.revoke}
      </Button>
      {isAsked && (
        <AskFirst
          deed={words.revokeDo({ name })}
          hint={words.revokeHint}
          error={revoke.error}
          isBusy={revoke.isPending}
          onDo={(reason) => revoke.mutate(reason, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}
