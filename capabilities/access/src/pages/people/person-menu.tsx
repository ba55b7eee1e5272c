// What can be done with a person: another role, a new link, keep out, let in again.
import { ActionIcon, Button, Group, Menu, Modal, Stack } from '@mantine/core'
import { ErrorNotice, SubmitButton, useSteward, useWords } from '@steward/ui'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { accessWords } from '../access-words.ts'
import { AskFirst } from '../ask-first.tsx'
import { RoleSelect } from '../role-select.tsx'
import { type Access, useDeed } from '../use-deed.ts'
import { type Invited, ownUrl } from './invite-dialog.tsx'

type Person = Awaited<ReturnType<Access['listPeople']>>[number]

/** The menu of a row. */
export function PersonMenu({ person, onLink }: { person: Person; onLink: (invited: Invited) => void }) {
  const words = useWords(accessWords)
  const { may } = useSteward()
  const [asked, setAsked] = useState<'role' | 'out' | null>(null)
  const { id, name, disabledAt } = person
  const link = useDeed((access) => access.linkPerson({ person: id, url: ownUrl() }))
  const letIn = useDeed(
    (access) => access.enablePerson({ person: id }),
    () => words.letInAgain({ name }),
  )
  const keepOut = useDeed(
    (access, reason: string | undefined) =>
      access.disablePerson({ person: id }, reason === undefined ? {} : { reason }),
    () => words.keptOut({ name }),
  )
  const failed = link.error ?? letIn.error
  const close = () => setAsked(null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={words.more({ name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('access:set-person-role') && <Menu.Item onClick={() => setAsked('role')}>{words.changeRole}</Menu.Item>}
          {may('access:link-person') && disabledAt === null && (
            <Menu.Item onClick={() => link.mutate(undefined, { onSuccess: onLink })}>{words.newLink}</Menu.Item>
          )}
          {may('access:disable-person') && disabledAt === null && (
            <Menu.Item color="red" onClick={() => setAsked('out')}>
              {words.keepOut}
            </Menu.Item>
          )}
          {may('access:enable-person') && disabledAt !== null && (
            <Menu.Item onClick={() => letIn.mutate(undefined)}>{words.letIn}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {failed !== null && <ErrorNotice error={failed} />}
      {asked === 'role' && <RoleDialog person={person} onClose={close} />}
      {asked === 'out' && (
        <AskFirst
          deed={words.keepOutDo({ name })}
          hint={words.keepOutHint}
          error={keepOut.error}
          isBusy={keepOut.isPending}
          onDo={(reason) => keepOut.mutate(reason, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}

function RoleDialog({ person: { id, name, role: now }, onClose }: { person: Person; onClose: () => void }) {
  const words = useWords(accessWords)
  const [role, setRole] = useState<string | null>(now)
  const change = useDeed(
    (access) => access.setPersonRole({ person: id, role: role ?? now }),
    (changed) => words.roleChanged({ name, role: changed.role }),
  )
  return (
    <Modal opened onClose={onClose} title={words.changeRole} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <RoleSelect value={role} onChange={setRole} />
        {change.isError && <ErrorNotice error={change.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <SubmitButton
            isBusy={change.isPending}
            isDisabled={role === now}
            onClick={() => change.mutate(undefined, { onSuccess: onClose })}
          >
            {words.changeRoleTo({ name, role: role ?? now })}
          </SubmitButton>
        </Group>
      </Stack>
    </Modal>
  )
}
