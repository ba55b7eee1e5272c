// Changes one's own password, by the current one.
import { Alert, PasswordInput, Stack } from '@mantine/core'
import { CallError } from '@steward/sdk'
import { notifyDone, SubmitButton, useSteward, useWords } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { leastPassword, NewPasswordField } from '../session/new-password-field.tsx'
import { Trouble } from '../session/sign-in-form.tsx'
import { accountWords } from './account-words.ts'
import { sessionsKey } from './own-sessions.tsx'

/** The form; all other sessions end with the change. */
export function ChangePassword() {
  const words = useWords(accountWords)
  const { client } = useSteward()
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => client.ask('/auth/change-password', { body: { current, password } }),
    onSuccess: async () => {
      setCurrent('')
      setPassword('')
      notifyDone({ message: words.changed })
      await queries.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    change.mutate()
  }
  const isWrong = change.error instanceof CallError && change.error.code === 'ACCESS_PASSWORD_WRONG'
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={400}>
        {isWrong && (
          <Alert color="red" variant="light" role="alert">
            {words.wrong}
          </Alert>
        )}
        {change.isError && !isWrong && <Trouble error={change.error} />}
        <PasswordInput
          label={words.current}
          name="current-password"
          autoComplete="current-password"
          maxLength={200}
          value={current}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <NewPasswordField value={password} onChange={setPassword} />
        <div>
          <SubmitButton isBusy={change.isPending} isDisabled={current === '' || password.length < leastPassword}>
            {words.change}
          </SubmitButton>
        </div>
      </Stack>
    </form>
  )
}
