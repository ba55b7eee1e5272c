// The page of a revert: nothing is done that was not shown before.
import { Button } from '@mantine/core'
import { EmptyState, useTitle, useWords } from '@steward/ui'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { RevertForm } from './revert-form.tsx'
import { targetOf } from './revert-target.ts'
import { revertWords } from './revert-words.ts'
import { SeveralReverts } from './several-reverts.tsx'

/** `/trail/operations/$id/revert`, and `/trail/revert` for a change, a record, or several operations. */
export default function RevertPage() {
  const words = useWords(revertWords)
  const { id } = useParams({ strict: false }) as { id?: string }
  const target = targetOf(id, useSearch({ strict: false }))
  useTitle(words.revert)
  if (target?.kind === 'several') return <SeveralReverts {...target} />
  if (target !== null) return <RevertForm key={JSON.stringify(target)} target={target} />
  return (
    <EmptyState
      title={words.noTarget}
      action={
        <Button component={Link} to="/trail" variant="default">
          {words.toTrail}
        </Button>
      }
    >
      {words.noTargetHint}
    </EmptyState>
  )
}
