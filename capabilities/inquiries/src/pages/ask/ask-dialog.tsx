// Asks a developer: first what was asked already about the same thing, then the question.
import { Button, Stack } from '@mantine/core'
import { LoadingRows, useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Inquiries, type Subject, useInquiries } from '../use-inquiries.ts'
import { AskForm } from './ask-form.tsx'
import { askWords } from './ask-words.ts'
import { AskedAlready } from './asked-already.tsx'

type Given = { subject: NonNullable<Subject>; procedure?: string | null | undefined; onClose: () => void }

/** Whoever may not list inquiries asks at once. */
export function AskDialog({ subject, procedure, onClose }: Given) {
  const words = useWords(askWords)
  const { may } = useSteward()
  const inquiries = useInquiries()
  const [isAnew, setAnew] = useState(false)
  const mayList = may('inquiries:list')
  const { data: standing, isPending } = useQuery({
    queryKey: ['inquiries', 'about', subject],
    enabled: mayList,
    queryFn: ({ signal }) => listUnanswered(inquiries, subject, signal),
  })
  if (mayList && isPending) return <LoadingRows rows={4} />
  const asked = standing ?? []
  const form = <AskForm subject={subject} procedure={procedure} onClose={onClose} />
  if (asked.length === 0) return form
  return (
    <Stack gap="md">
      {isAnew ? form : <AskedAlready asked={asked} onClose={onClose} />}
      <Button variant="subtle" size="xs" onClick={() => setAnew(!isAnew)}>
        {isAnew ? words.backToThem : words.askAnew}
      </Button>
    </Stack>
  )
}

const mostShown = 5

async function listUnanswered(inquiries: Inquiries, subject: NonNullable<Subject>, signal: AbortSignal) {
  const about =
    subject.kind === 'record' ? { entity: subject.entity, key: subject.key } : { operation: subject.operation }
  const { inquiries: found } = await inquiries.list(
    { ...about, state: ['open', 'taken'], limit: mostShown },
    { signal },
  )
  return found
}
