// Below an operation: the inquiries that are about it, or that it was linked to.
import { type Places, Section, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { inquiriesWords } from '../inquiries-words.ts'
import { InquiryRows } from '../inquiry-rows.tsx'
import { useInquiries } from '../use-inquiries.ts'

const mostShown = 20

/** For the place `operation.related`; nothing where there are none. */
export default function InquiriesOfOperation({ operation }: Places['operation.related']) {
  const words = useWords(inquiriesWords)
  const inquiries = useInquiries()
  const { data } = useQuery({
    queryKey: ['inquiries', 'of', operation.id],
    queryFn: ({ signal }) => inquiries.list({ operation: operation.id, limit: mostShown }, { signal }),
  })
  if (data === undefined || data.inquiries.length === 0) return null
  return (
    <Section title={words.inquiries}>
      <InquiryRows inquiries={data.inquiries} hasSubject={false} />
    </Section>
  )
}
