// A link or a key that is shown once: whoever closes it without copying it needs a new one.
import { Code, Group, Modal, Stack, Text } from '@mantine/core'
import { CopyButton, Moment, SubmitButton, useWords } from '@steward/ui'
import { accessWords } from './access-words.ts'
import classes from './shown-once.module.css'

/** What is shown once, and until when it works. */
export type ShownSecret = { title: string; hint: string; secret: string; copyLabel: string; until: string | null }

/** Shows a secret until it is closed. */
export function ShownOnce({ shown, onClose }: { shown: ShownSecret | null; onClose: () => void }) {
  const words = useWords(accessWords)
  return (
    <Modal
      opened={shown !== null}
      onClose={onClose}
      title={shown?.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {shown !== null && (
        <Stack>
          <Text size="sm">{shown.hint}</Text>
          <Code block className={classes['secret']}>
            {shown.secret}
          </Code>
          {shown.until !== null && (
            <Text size="sm" c="dimmed">
              {words.worksUntil} <Moment at={shown.until} />
            </Text>
          )}
          <Group justify="flex-end">
            <CopyButton text={shown.secret} label={shown.copyLabel} />
            <SubmitButton onClick={onClose}>{words.close}</SubmitButton>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
