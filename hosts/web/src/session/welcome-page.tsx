// Behind a link: somebody chooses their password and is in. The token stands behind `#`, where no server and no log sees it.
import { Stack, TextInput } from '@mantine/core'
import { PageLink, SubmitButton, useTitle, useWords } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useState } from 'react'
import { useFrame } from '../frame-provider.tsx'
import { DoorPage } from './door-page.tsx'
import { leastPassword, NewPasswordField } from './new-password-field.tsx'
import { tellSessionBegun } from './session-ended.ts'
import { sessionWords } from './session-words.ts'
import { Trouble } from './sign-in-form.tsx'

/** Kept when the address is cleaned: drawn twice in development, the page would find no token the second time. */
let token = ''

export default function WelcomePage() {
  const words = useWords(sessionWords)
  const { first } = useSearch({ strict: false }) as { first?: unknown }
  useTitle(words.welcome)
  const [link] = useState(() => {
    token = location.hash.slice(1) || token
    return token
  })
  useEffect(() => {
    // It must neither stay in the history nor be copied with the address.
    history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  if (link === '') {
    return (
      <DoorPage title={words.linkMissing} detail={words.linkMissingDetail}>
        <PageLink to="/sign-in">{words.toSignIn}</PageLink>
      </DoorPage>
    )
  }
  return (
    <DoorPage title={words.welcome} detail={first === undefined ? words.welcomeDetail : words.firstDetail}>
      <WelcomeForm link={link} isFirst={first !== undefined} />
    </DoorPage>
  )
}

function WelcomeForm({ link, isFirst }: { link: string; isFirst: boolean }) {
  const words = useWords(sessionWords)
  const { client } = useFrame()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    meta: { isSignIn: true },
    mutationFn: () => {
      const self = isFirst ? { email, ...(name.trim() === '' ? {} : { name }) } : {}
      return client.ask('/auth/set-password', { body: { token: link, password, ...self } })
    },
    onSuccess: async () => {
      token = ''
      queries.clear()
      tellSessionBegun()
      await navigate({ to: '/', replace: true })
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  const isComplete = password.length >= leastPassword && (!isFirst || email.trim() !== '')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {enter.isError && <Trouble error={enter.error} />}
        {isFirst && (
          <>
            <TextInput
              label={words.email}
              type="email"
              name="email"
              autoComplete="username"
              value={email}
              onChange={({ currentTarget }) => setEmail(currentTarget.value)}
            />
            <TextInput
              label={words.name}
              description={words.nameOptional}
              name="name"
              autoComplete="name"
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          </>
        )}
        <NewPasswordField value={password} onChange={setPassword} />
        <SubmitButton isBusy={enter.isPending} isDisabled={!isComplete}>
          {words.enter}
        </SubmitButton>
      </Stack>
    </form>
  )
}
