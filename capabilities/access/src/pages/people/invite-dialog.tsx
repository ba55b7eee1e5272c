// Invites somebody: address, name, role; then there is a link to hand over.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useState } from 'react'
import { accessWords } from '../access-words.ts'
import { RoleSelect } from '../role-select.tsx'
import { type Access, useDeed } from '../use-deed.ts'

/** Somebody with their link. */
export type Invited = Awaited<ReturnType<Access['invitePerson']>>

/** The dialog; `onInvited` gets the link, which is shown once. */
export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: (invited: Invited) => void }) {
  const words = useWords(accessWords)
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<string | null>(null)
  const invite = useDeed((access) =>
    access.invitePerson({ email, role: role ?? '', name: name.trim() === '' ? null : name, url: ownUrl() }),
  )
  return (
    <Modal opened onClose={onClose} title={words.invite} closeButtonProps={{ 'aria-label': words.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate(undefined, {
            onSuccess: (invited) => {
              onClose()
              onInvited(invited)
            },
          })
        }}
      >
        <Stack>
          <Text size="sm">{words.inviteHint}</Text>
          <TextInput
            label={words.email}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
            data-autofocus
          />
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <RoleSelect value={role} onChange={setRole} />
          {invite.isError && <ErrorNotice error={invite.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <SubmitButton isBusy={invite.isPending} isDisabled={role === null}>
              {words.inviteDo({ email })}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Where this page is, for the link: the person reached it there, so that others do, too. */
export function ownUrl(): string {
  return document.baseURI.replace(/\/+$/, '')
}
