// Who may sign in: people with their role and state.
import { Button, Switch } from '@mantine/core'
import {
  DataTable,
  EmptyState,
  Loaded,
  Moment,
  PageHeader,
  type TableColumn,
  useShortcut,
  useSteward,
  useTitle,
  useWords,
} from '@steward/ui'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { AccessTabs } from '../access-tabs.tsx'
import { accessWords } from '../access-words.ts'
import { ShownOnce, type ShownSecret } from '../shown-once.tsx'
import { useCreator } from '../use-creator.ts'
import { type Access, useAccess } from '../use-deed.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { PersonMenu } from './person-menu.tsx'

type Person = Awaited<ReturnType<Access['listPeople']>>[number]

/** The page of people. */
export default function PeoplePage() {
  const words = useWords(accessWords)
  const access = useAccess()
  const { may } = useSteward()
  const creatorOf = useCreator()
  const all = (useSearch({ strict: false }) as { all?: string }).all === '1'
  const navigate = useNavigate()
  const [isInviting, setInviting] = useState(false)
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const people = useQuery({
    queryKey: ['access', 'people', all],
    queryFn: ({ signal }) => access.listPeople({ all }, { signal }),
  })
  const mayInvite = may('access:invite-person')
  useTitle(words.people)
  useShortcut('n', { en: accessWords.en.invite, ko: accessWords.ko.invite }, mayInvite ? () => setInviting(true) : null)
  const invite = mayInvite && (
    <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
      {words.invite}
    </Button>
  )
  const showLink = ({ email, link, linkExpiresAt: until }: { email: string; link: string; linkExpiresAt: string }) =>
    setShown({
      title: words.linkReady({ email }),
      hint: words.linkHint,
      secret: link,
      copyLabel: words.copyLink,
      until,
    })
  return (
    <>
      <PageHeader title={words.people} detail={words.peopleDetail} actions={invite} />
      <AccessTabs part="people" />
      {people.data !== undefined && (
        <Switch
          label={words.showDisabled}
          checked={all}
          onChange={(event) => void navigate({ to: '.', search: event.currentTarget.checked ? { all: true } : {} })}
          mb="sm"
        />
      )}
      <Loaded query={people}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={words.nobody} action={invite}>
              {words.inviteFirst}
            </EmptyState>
          ) : (
            <DataTable
              label={words.people}
              columns={columnsOf(words, {
                creatorOf,
                menu: (person) => <PersonMenu person={person} onLink={showLink} />,
              })}
              rows={rows}
              rowKey={({ id }) => id}
            />
          )
        }
      </Loaded>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} onInvited={showLink} />}
      <ShownOnce shown={shown} onClose={() => setShown(null)} />
    </>
  )
}

function columnsOf(
  words: (typeof accessWords)['en'],
  { creatorOf, menu }: { creatorOf: (createdBy: string) => string; menu: (person: Person) => React.ReactNode },
): TableColumn<Person>[] {
  const stateOf = ({ disabledAt, hasPassword }: Person) =>
    disabledAt !== null ? words.disabled : hasPassword ? words.active : words.invited
  return [
    { id: 'name', header: words.name, render: ({ name }) => name },
    { id: 'email', header: words.email, render: ({ email }) => email },
    { id: 'role', header: words.role, render: ({ role }) => role },
    { id: 'state', header: words.state, render: stateOf },
    { id: 'invitedBy', header: words.invitedBy, render: ({ createdBy }) => creatorOf(createdBy) },
    { id: 'since', header: words.since, render: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: 'menu', header: '', align: 'right', render: menu },
  ]
}
