// Who has performed an action before, and when.
import { Anchor } from '@mantine/core'
import { Loaded, LoadingRows, OperationLine, Section, useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { actionWords } from './action-words.ts'
import classes from './actions.module.css'

/** The last ten performances that the trail knows; nothing for those who may not ask it. */
export function PastPerformances({ procedure }: { procedure: string }) {
  const words = useWords(actionWords)
  const { client, may } = useSteward()
  const isAsked = may('trail:operations')
  const query = useQuery({
    queryKey: ['trail', 'operations', 'of', procedure],
    queryFn: ({ signal }) => client.operations({ procedure, limit: 10 }, { signal }),
    enabled: isAsked,
    structuralSharing: false,
  })
  if (!isAsked) return null
  const all = (
    <Anchor component={Link} to="/trail" search={{ procedure } as never} size="sm">
      {words.allPast}
    </Anchor>
  )
  return (
    <Section title={words.past} actions={all}>
      <Loaded query={query} loading={<LoadingRows rows={3} />}>
        {({ operations }) =>
          operations.length === 0 ? (
            <p>{words.pastNone}</p>
          ) : (
            <ul className={classes['past']}>
              {operations.map((operation) => (
                <li key={operation.id}>
                  <OperationLine operation={operation} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
