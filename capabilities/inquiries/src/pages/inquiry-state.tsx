// Where an inquiry stands, as a badge.
import { Badge } from '@mantine/core'
import { useWords } from '@steward/ui'
import { inquiriesWords } from './inquiries-words.ts'
import type { Inquiry } from './use-inquiries.ts'

const colors = { open: 'yellow', taken: 'indigo', answered: 'green', closed: 'gray' } as const

/** The state in words, with what it means on hover. */
export function InquiryState({ state }: { state: Inquiry['state'] }) {
  const words = useWords(inquiriesWords)
  return (
    <Badge variant="light" color={colors[state]} size="sm" tt="none" title={words[`${state}Hint`]}>
      {words[state]}
    </Badge>
  )
}
