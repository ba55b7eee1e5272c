// Asks before something is taken away, and why.
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { DangerButton, ErrorNotice, ReasonField, useWords } from '@steward/ui'
import { useState } from 'react'
import { accessWords } from './access-words.ts'

type Asked = {
  /** What the button says that it does. */
  deed: string
  hint: string
  error: unknown
  isBusy: boolean
  onDo: (reason: string | undefined) => void
  onClose: () => void
}

/** A dialog with the consequence, the reason, and a button that says what it does. */
export function AskFirst({ deed, hint, error, isBusy, onDo, onClose }: Asked) {
  const words = useWords(accessWords)
  const [reason, setReason] = useState('')
  return (
    <Modal opened onClose={onClose} title={deed} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text size="sm">{hint}</Text>
        <ReasonField value={reason} onChange={setReason} />
        {error !== null && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <DangerButton isBusy={isBusy} onClick={() => onDo(reason.trim() === '' ? undefined : reason)}>
            {deed}
          </DangerButton>
        </Group>
      </Stack>
    </Modal>
  )
}
