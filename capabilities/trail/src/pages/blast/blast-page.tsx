// What a procedure touched in a period: how much, which records, and by which operations.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import {
  EmptyState,
  Loaded,
  Moment,
  MomentInput,
  OperationLine,
  PageHeader,
  Section,
  useSteward,
  useTitle,
  useUrlTexts,
  useWords,
} from '@steward/ui'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OperationsAnswer } from '../answers.ts'
import { linkSearch } from '../link-search.ts'
import { OperationBadges } from '../operation-badges.tsx'
import { OperationList } from '../search/operation-list.tsx'
import { instantOfField } from '../timeline/look-back-steps.ts'
import { useTouched } from '../use-touched.ts'
import { blastWords } from './blast-words.ts'
import { TouchedEntities } from './touched-entities.tsx'
import { type BlastQuestion, useBlast } from './use-blast.ts'

const pageSize = 100

/** `/trail/blast?procedure=…&from=…&to=…` */
export default function BlastPage() {
  const words = useWords(blastWords)
  const [texts, setTexts] = useUrlTexts(['procedure', 'from', 'to'])
  const [period] = useState(lastDay)
  const { procedure, from = period.from, to = period.to } = texts
  useTitle(words.blast)
  const question = procedure === undefined ? null : { procedure, from, to }
  return (
    <Stack gap="lg">
      <PageHeader
        path={[{ label: words.trail, to: '/trail' }]}
        title={words.blast}
        detail={
          question && (
            <Group gap="xs">
              <span>{words.detail(question)}</span>
              <span>
                <Moment at={question.from} /> – <Moment at={question.to} />
              </span>
            </Group>
          )
        }
      />
      <PeriodForm key={JSON.stringify(texts)} texts={{ procedure, from, to }} onChange={setTexts} />
      {question === null ? (
        <EmptyState title={words.choose}>{words.chooseHint}</EmptyState>
      ) : (
        <Blast question={question} />
      )}
    </Stack>
  )
}

type Texts = { procedure: string | undefined; from: string; to: string }

function PeriodForm({ texts, onChange }: { texts: Texts; onChange: (texts: Record<keyof Texts, string>) => void }) {
  const words = useWords(blastWords)
  const [procedure, setProcedure] = useState(texts.procedure ?? '')
  const [from, setFrom] = useState(texts.from)
  const [to, setTo] = useState(texts.to)
  const send = () => {
    const [begin, end] = [instantOfField(from), instantOfField(to)]
    if (procedure.trim() !== '' && begin !== null && end !== null) {
      onChange({ procedure: procedure.trim(), from: begin, to: end })
    }
  }
  return (
    <Group component="form" align="end" gap="xs" onSubmit={(event) => (event.preventDefault(), send())}>
      <TextInput
        size="xs"
        label={words.procedure}
        value={procedure}
        onChange={(event) => setProcedure(event.currentTarget.value)}
        required
      />
      <MomentInput kind="moment" value={from} onChange={setFrom} control={{ ...momentControl, label: words.from }} />
      <MomentInput kind="moment" value={to} onChange={setTo} control={{ ...momentControl, label: words.to }} />
      <Button type="submit" size="xs">
        {words.show}
      </Button>
    </Group>
  )
}

const momentControl = { size: 'xs', required: true, w: 250 }

/** The day until now, to the second. */
function lastDay(): { from: string; to: string } {
  const now = Math.floor(Date.now() / 1000) * 1000
  return { from: new Date(now - 86_400_000).toISOString(), to: new Date(now).toISOString() }
}

function Blast({ question }: { question: BlastQuestion }) {
  const words = useWords(blastWords)
  return (
    <>
      <Section title={words.touched}>
        <Loaded query={useBlast(question)}>
          {({ entities, operations, leftOut = [] }) => (
            <Stack gap="sm">
              <Text size="sm">{operations === 0 ? words.nothing : words.performances({ operations })}</Text>
              {entities.length > 0 && <TouchedEntities entities={entities} />}
              {leftOut.length > 0 && (
                <Text size="sm" c="dimmed">
                  {words.leftOut({ tables: leftOut.join(', ') })}
                </Text>
              )}
            </Stack>
          )}
        </Loaded>
      </Section>
      <OperationsOf question={question} />
    </>
  )
}

function OperationsOf({ question }: { question: BlastQuestion }) {
  const words = useWords(blastWords)
  const { client, may } = useSteward()
  const touched = useTouched()
  const found = useQuery({
    queryKey: ['trail', 'operations', question, pageSize],
    queryFn: ({ signal }) =>
      client.ask<OperationsAnswer>('/trail/operations', {
        query: { ...question, touched: true, limit: pageSize },
        signal,
      }),
  })
  const count = found.data?.operations.length ?? 0
  return (
    <Section
      title={words.operations}
      actions={
        may('trail:revert') &&
        count > 0 && (
          <Button
            component={Link}
            to="/trail/revert"
            search={linkSearch(question)}
            variant="default"
            size="xs"
            leftSection={<IconArrowBackUp size={14} />}
          >
            {found.data?.next === null ? words.revertAll({ operations: count }) : words.revertSome}
          </Button>
        )
      }
    >
      <Loaded query={found}>
        {({ operations, next }) => (
          <>
            {operations.length === 0 && <Text c="dimmed">{words.noOperations}</Text>}
            <OperationList operations={operations} label={words.operations}>
              {(operation) => (
                <OperationLine
                  operation={operation}
                  summary={touched(operation)}
                  badges={<OperationBadges operation={operation} />}
                />
              )}
            </OperationList>
            {next !== null && (
              <Group>
                <Button component={Link} to="/trail" search={linkSearch(question)} variant="default" size="xs">
                  {words.all}
                </Button>
              </Group>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
