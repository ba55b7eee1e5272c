// Asks before somebody leaves a form with something typed in it.
import { Button, Group, Modal, Text } from '@mantine/core'
import { DangerButton, useWords } from '@steward/ui'
import { useBlocker } from '@tanstack/react-router'
import { editWords } from './edit-words.ts'

type Given = {
  /** Read when somebody leaves: what has just been saved may be left. */
  isDirty: () => boolean
  onLeave: () => void
}

// Who must sign in again comes back to what was typed.
const isAway = /^\/(sign-in|welcome)\b/

/** Stands beside a form; shows itself when somebody leaves. */
export function LeaveGuard({ isDirty, onLeave }: Given) {
  const words = useWords(editWords)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty() && !isAway.test(next.pathname) && placeOf(current) !== placeOf(next),
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const leave = () => {
    onLeave()
    blocker.proceed()
  }
  return (
    <Modal
      opened
      onClose={blocker.reset}
      title={words.leaveTitle}
      size="sm"
      closeButtonProps={{ 'aria-label': words.stay }}
    >
      <Text size="sm">{words.leaveText}</Text>
      <Group justify="flex-end" mt="md" gap={8}>
        <Button variant="default" onClick={blocker.reset} data-autofocus>
          {words.stay}
        </Button>
        <DangerButton onClick={leave}>{words.leave}</DangerButton>
      </Group>
    </Modal>
  )
}

// A form above a record is a place of its own.
function placeOf({ pathname, search }: { pathname: string; search: unknown }): string {
  return `${pathname} ${JSON.stringify((search as { edit?: unknown } | null)?.edit ?? null)}`
}
