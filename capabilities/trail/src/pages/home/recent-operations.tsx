// On the home page: what people have done lately.
import { Stack, Text } from '@mantine/core'
import { Loaded, OperationLine, PageLink, Section, useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import type { OperationsAnswer } from '../answers.ts'
import { NotInstalled, saysNotInstalled } from '../not-installed.tsx'
import { OperationBadges } from '../operation-badges.tsx'
import { searchWords } from '../search/search-words.ts'
import { useTouched } from '../use-touched.ts'
import { pickRecent } from './pick-recent.ts'

const looked = 60
const shown = 8

/** For the place `home.recent`: operations of people first, since nightly jobs would bury them. */
export default function RecentOperations() {
  const words = useWords(searchWords)
  const { client } = useSteward()
  const touched = useTouched()
  const recent = useQuery({
    queryKey: ['trail', 'recent'],
    queryFn: ({ signal }) =>
      client.ask<OperationsAnswer>('/trail/operations', { query: { limit: looked, touched: true }, signal }),
    staleTime: 15_000,
  })
  return (
    <Section title={words.recent} actions={<PageLink to="/trail">{words.all}</PageLink>}>
      {saysNotInstalled(recent.error) ? (
        <NotInstalled />
      ) : (
        <Loaded query={recent}>
          {({ operations }) => {
            const { picked, isOfPeople } = pickRecent(operations, shown)
            if (picked.length === 0) return <Text c="dimmed">{words.noRecent}</Text>
            return (
              <Stack gap="sm">
                {!isOfPeople && (
                  <Text size="sm" c="dimmed">
                    {words.mostly}
                  </Text>
                )}
                {picked.map((operation) => (
                  <OperationLine
                    key={operation.id}
                    operation={operation}
                    summary={touched(operation)}
                    badges={<OperationBadges operation={operation} />}
                  />
                ))}
              </Stack>
            )
          }}
        </Loaded>
      )}
    </Section>
  )
}
