// E-mail and password, and what to say when they do not fit.
import { Alert, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useFrame } from '../frame-provider.tsx'
import { sessionWords } from './session-words.ts'
import { signInTrouble } from './sign-in-trouble.ts'

/** A form that begins a session; `email` is filled in where somebody was here before. */
export function SignInForm({ email: known = '', onDone }: { email?: string; onDone: () => void | Promise<void> }) {
  const words = useWords(sessionWords)
  const { client } = useFrame()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    meta: { isSignIn: true },
    mutationFn: () => client.ask('/auth/sign-in', { body: { email, password } }),
    onSuccess: onDone,
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {signIn.isError && <Trouble error={signIn.error} />}
        <TextInput
          label={words.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus={known === '' || undefined}
          autoFocus={known === ''}
        />
        <PasswordInput
          label={words.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus={known !== '' || undefined}
          autoFocus={known !== ''}
        />
        <SubmitButton isBusy={signIn.isPending} isDisabled={email.trim() === '' || password === ''}>
          {words.signIn}
        </SubmitButton>
        <Text size="sm" c="dimmed">
          {words.forgotten}
        </Text>
      </Stack>
    </form>
  )
}

/** What went wrong, in one sentence where there is one, and as the server says it else. */
export function Trouble({ error }: { error: unknown }) {
  const words = useWords(sessionWords)
  const sentence = signInTrouble(words, error)
  if (sentence === null) return <ErrorNotice error={error} />
  return (
    <Alert color="red" variant="light" role="alert">
      {sentence}
    </Alert>
  )
}
