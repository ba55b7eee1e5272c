// Where a page fails: what happened, and a way on.
import { Stack } from '@mantine/core'
import { ErrorNotice, PageHeader, SubmitButton, useWords } from '@steward/ui'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { routeWords } from './route-words.ts'

/** A page whose own code is gone belongs to an earlier build: loading anew brings the present one. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const words = useWords(routeWords)
  const router = useRouter()
  const isOld = /dynamically imported module|module script failed|error loading/i.test(
    error instanceof Error ? error.message : '',
  )
  if (isOld) {
    return (
      <Stack>
        <PageHeader title={words.newVersion} detail={words.newVersionWhy} />
        <div>
          <SubmitButton onClick={() => location.reload()}>{words.reload}</SubmitButton>
        </div>
      </Stack>
    )
  }
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Stack>
      <PageHeader title={words.broken} detail={words.brokenWhy} />
      <ErrorNotice error={error} onRetry={again} />
    </Stack>
  )
}
