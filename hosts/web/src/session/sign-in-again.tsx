// When the session has ended at work: the page stays as it is, and the same person signs in above it.
import { Anchor, Modal, Stack, Text } from '@mantine/core'
import { useWords, type Whoami } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useFrame } from '../frame-provider.tsx'
import { tellSessionBegun, useSessionEnded } from './session-ended.ts'
import { sessionWords } from './session-words.ts'
import { SignInForm } from './sign-in-form.tsx'
import { whoamiKey } from './use-whoami.ts'

/** The dialog; it cannot be closed but by signing in. */
export function SignInAgain({ whoami }: { whoami: Whoami }) {
  const words = useWords(sessionWords)
  const { client } = useFrame()
  const queries = useQueryClient()
  const hasEnded = useSessionEnded()

  const goOn = async () => {
    const now = await client.ask<Whoami>('/me')
    // What stands on the page is what somebody else may see.
    if (now.actor.id !== whoami.actor.id) return location.reload()
    queries.setQueryData(whoamiKey, now)
    tellSessionBegun()
    await queries.invalidateQueries()
  }

  return (
    <Modal
      opened={hasEnded}
      onClose={() => undefined}
      title={words.ended}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {words.endedDetail}
        </Text>
        <SignInForm onDone={goOn} />
        <Anchor href="sign-in" size="sm">
          {words.somebodyElse}
        </Anchor>
      </Stack>
    </Modal>
  )
}
