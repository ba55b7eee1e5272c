// On the home page: the inquiries that wait for the person who looks.
import { Text } from '@mantine/core'
import { Loaded, LoadingRows, PageLink, Section, useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { InquiryRows } from '../inquiry-rows.tsx'
import { type Inquiries, type Inquiry, useInquiries } from '../use-inquiries.ts'
import { homeWords } from './home-words.ts'

const shown = 6

/** For the place `home.attention`: what one has taken, answers to one's questions, and what nobody has taken yet. */
export default function InquiriesForMe() {
  const words = useWords(homeWords)
  const { may, whoami } = useSteward()
  const inquiries = useInquiries()
  const mayTake = may('inquiries:take')
  const waiting = useQuery({
    queryKey: ['inquiries', 'waiting', whoami.actor.id, mayTake],
    queryFn: ({ signal }) => listWaiting(inquiries, { asker: whoami.actor.id, mayTake, signal }),
    refetchInterval: 30_000,
  })
  return (
    <Section title={words.title} actions={<PageLink to="/inquiries">{words.all}</PageLink>}>
      <Loaded query={waiting} loading={<LoadingRows rows={3} />}>
        {(found) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed">
              {mayTake ? words.nothingToAnswer : words.nothingAnswered}
            </Text>
          ) : (
            <InquiryRows inquiries={found.slice(0, shown)} hasSubject />
          )
        }
      </Loaded>
    </Section>
  )
}

type Asked = { asker: string; mayTake: boolean; signal: AbortSignal }

async function listWaiting(inquiries: Inquiries, { asker, mayTake, signal }: Asked): Promise<Inquiry[]> {
  const limit = shown
  const lists = await Promise.all([
    mayTake ? inquiries.list({ state: ['taken'], mine: true, limit }, { signal }) : null,
    inquiries.list({ state: ['answered'], asker, limit }, { signal }),
    mayTake ? inquiries.list({ state: ['open'], limit }, { signal }) : null,
  ])
  return [...new Map(lists.flatMap((list) => list?.inquiries ?? []).map((each) => [each.id, each])).values()]
}
