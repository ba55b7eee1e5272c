// Makes a key: what it is for, its role, and how long it works.
import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useState } from 'react'
import { accessWords } from '../access-words.ts'
import { RoleSelect } from '../role-select.tsx'
import { type Access, useDeed } from '../use-deed.ts'

type Made = Awaited<ReturnType<Access['createKey']>>

/** The dialog; `onMade` gets the key with its secret, which is shown once. */
export function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: Made) => void }) {
  const words = useWords(accessWords)
  const [name, setName] = useState('')
  const [role, setRole] = useState<string | null>(null)
  const [days, setDays] = useState<number | string>(90)
  const make = useDeed((access) => access.createKey({ name, role: role ?? '', days: Number(days) }))
  return (
    <Modal opened onClose={onClose} title={words.makeKey} closeButtonProps={{ 'aria-label': words.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate(undefined, {
            onSuccess: (made) => {
              onClose()
              onMade(made)
            },
          })
        }}
      >
        <Stack>
          <TextInput
            label={words.keyName}
            description={words.keyNameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            data-autofocus
          />
          <RoleSelect value={role} onChange={setRole} />
          <NumberInput label={words.days} value={days} onChange={setDays} min={1} max={3650} required />
          {make.isError && <ErrorNotice error={make.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <SubmitButton isBusy={make.isPending} isDisabled={role === null || days === ''}>
              {words.makeKeyDo({ name })}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
