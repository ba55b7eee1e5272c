// Everything behind the sign-in: finds out who looks, leads strangers to the sign-in page, and hands the rest what they need.
import { Container } from '@mantine/core'
import { ErrorNotice, FillsProvider, LoadingPage, StewardProvider } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useCallback, useEffect, useMemo } from 'react'
import { useFrame } from '../frame-provider.tsx'
import { isSignedOut } from './create-queries.ts'
import { forgetLeft } from './keep-apart.ts'
import { tellSessionBegun } from './session-ended.ts'
import { SignInAgain } from './sign-in-again.tsx'
import { useWhoami } from './use-whoami.ts'

/** Shows its children to whoever is known. */
export function Gate({ children }: { children: ReactNode }) {
  const { client, capabilities } = useFrame()
  const whoami = useWhoami()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const fills = useMemo(() => capabilities.flatMap((each) => each.fills ?? []), [capabilities])

  const signOut = useCallback(async () => {
    await client.ask('/auth/sign-out', { body: {} })
    await navigate({ to: '/sign-in' })
    forgetLeft()
    queries.clear()
    tellSessionBegun()
  }, [client, navigate, queries])

  if (whoami.data === undefined) {
    if (whoami.isPending) return <Waiting />
    if (isSignedOut(whoami.error)) return <ToSignIn />
    return (
      <Container size="sm" py="xl">
        <ErrorNotice error={whoami.error} onRetry={() => void whoami.refetch()} />
      </Container>
    )
  }
  return (
    <StewardProvider client={client} whoami={whoami.data} signOut={signOut}>
      <FillsProvider value={fills}>
        {children}
        <SignInAgain whoami={whoami.data} />
      </FillsProvider>
    </StewardProvider>
  )
}

/** Once: while the page to sign in is loaded, the address is that page's already. */
function ToSignIn() {
  const router = useRouter()
  useEffect(() => {
    const { href } = router.state.location
    void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true })
  }, [router])
  return <Waiting />
}

function Waiting() {
  return (
    <Container size="lg" py="xl">
      <LoadingPage />
    </Container>
  )
}
