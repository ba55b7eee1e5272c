// A short list of inquiries, as other pages show it.
import { Stack, Text } from '@mantine/core'
import { Moment, PageLink } from '@steward/ui'
import { InquiryState } from './inquiry-state.tsx'
import { pathOf } from './path-of.ts'
import { PersonName } from './person-name.tsx'
import { SubjectName } from './subject-name.tsx'
import type { Inquiry } from './use-inquiries.ts'

/** One inquiry on two lines: what it is and where it stands; who asked, when and about what. */
export function InquiryRows({ inquiries, hasSubject }: { inquiries: readonly Inquiry[]; hasSubject: boolean }) {
  return (
    <Stack gap="sm">
      {inquiries.map((inquiry) => (
        <div key={inquiry.id}>
          <PageLink to={pathOf(inquiry)}>{`#${inquiry.id} ${inquiry.title}`}</PageLink>{' '}
          <InquiryState state={inquiry.state} />
          <Text size="xs" c="dimmed">
            <PersonName person={inquiry.askedBy} /> {'·'} <Moment at={inquiry.askedAt} />
            {hasSubject && inquiry.subject !== null && (
              <>
                {' · '}
                <SubjectName subject={inquiry.subject} />
              </>
            )}
          </Text>
        </div>
      ))}
    </Stack>
  )
}
