// The page where people sign in, and from which they go on to where they wanted to go.
import { useTitle, useWords } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { goTo } from '../routes/go-to.ts'
import { DoorPage } from './door-page.tsx'
import { tellSessionBegun } from './session-ended.ts'
import { sessionWords } from './session-words.ts'
import { SignInForm } from './sign-in-form.tsx'
import { whereNext } from './where-next.ts'

export default function SignInPage() {
  const words = useWords(sessionWords)
  const router = useRouter()
  const queries = useQueryClient()
  const { next } = useSearch({ strict: false }) as { next?: unknown }
  useTitle(words.signIn)
  return (
    <DoorPage title={words.signInTo}>
      <SignInForm
        onDone={async () => {
          queries.clear()
          tellSessionBegun()
          goTo(router, whereNext(next))
        }}
      />
    </DoorPage>
  )
}
