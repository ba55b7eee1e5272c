// What the same procedure did in the same period: was it one of many, or one alone?
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { Loaded, Section, summaryOf, useLanguage, useMeta, usePhrase, useUrlTexts, useWords } from '@steward/ui'
import { Link } from '@tanstack/react-router'
import { TouchedEntities } from '../blast/touched-entities.tsx'
import { useBlast } from '../blast/use-blast.ts'
import { linkSearch } from '../link-search.ts'
import { operationWords } from './operation-words.ts'
import { periodAround, periodOf, periods } from './period-around.ts'

/** The blast radius around an operation, with a choice of hour, day and week. */
export function BlastOfPeriod({ procedure, at }: { procedure: string; at: string }) {
  const words = useWords(operationWords)
  const { language } = useLanguage()
  const say = usePhrase()
  const { data: meta } = useMeta()
  const [texts, setTexts] = useUrlTexts(['period'])
  const period = periodOf(texts.period)
  const question = { procedure, ...periodAround(at, period) }
  const labelOf = (entity: string) => {
    const label = meta?.entities.find((each) => each.entity === entity)?.label
    return label === undefined ? entity : say(label)
  }
  return (
    <Section
      title={words.blast}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={words.period}
          value={period}
          data={periods.map((value) => ({ value, label: words[value] }))}
          onChange={(value) => setTexts({ period: value === 'day' ? null : value })}
        />
      }
    >
      <Loaded query={useBlast(question)}>
        {({ entities, operations, leftOut = [] }) => (
          <Stack gap="sm">
            <Text size="sm">
              {operations === 0
                ? words.blastNotCounted({ procedure, period })
                : words.blastSentence({
                    operations,
                    procedure,
                    period,
                    summary: summaryOf(
                      entities.map(({ entity, records, changes }) => ({ entity, count: records || changes })),
                      meta,
                      language,
                    ),
                  })}
            </Text>
            {leftOut.length > 0 && (
              <Text size="sm" c="dimmed">
                {words.leftOut({ tables: leftOut.map(labelOf).join(', ') })}
              </Text>
            )}
            {entities.length > 0 && <TouchedEntities entities={entities} isBrief />}
            <Group>
              <Button component={Link} to="/trail/blast" search={linkSearch(question)} size="xs" variant="default">
                {words.openBlast}
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}
