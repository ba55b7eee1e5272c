// The page of an operation: who, what, why, everything that it changed, and what the same procedure did besides.
import { Group, SimpleGrid, Stack, Text } from '@mantine/core'
import {
  DiffPreview,
  Loaded,
  LoadingPage,
  OperationLine,
  PageHeader,
  Place,
  ProcedureName,
  Section,
  summaryOf,
  useLanguage,
  useMeta,
  useSteward,
  useTitle,
  useWords,
} from '@steward/ui'
import { useParams } from '@tanstack/react-router'
import type { OperationAnswer } from '../answers.ts'
import { OperationBadges } from '../operation-badges.tsx'
import { BlastOfPeriod } from './blast-of-period.tsx'
import { FactsOfOperation } from './facts-of-operation.tsx'
import { operationWords } from './operation-words.ts'
import { useOperation } from './use-operation.ts'

/** `/trail/operations/$id` */
export default function OperationPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  // Without the labels of entities everything would be said twice, first in names of tables.
  const { isPending } = useMeta()
  const operation = useOperation(id)
  if (isPending) return <LoadingPage />
  return (
    <Loaded query={operation} loading={<LoadingPage />}>
      {(answer) => <OperationShown answer={answer} />}
    </Loaded>
  )
}

function OperationShown({ answer }: { answer: OperationAnswer }) {
  const words = useWords(operationWords)
  const { may } = useSteward()
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const { operation, changes, hidden = 0 } = answer
  useTitle(operation.procedure ?? words.bareSql)
  const summary = summaryOf(changes, meta, language)
  const isCounted = operation.procedure !== null && may('trail:blast')
  return (
    <Stack gap="lg">
      <PageHeader
        path={[{ label: words.trail, to: '/trail' }]}
        title={
          <Group gap="sm">
            {operation.procedure === null ? words.bareSql : <ProcedureName procedure={operation.procedure} />}
            <OperationBadges operation={operation} revertedBy={operation.revertedBy ?? []} />
          </Group>
        }
        detail={<OperationLine operation={operation} summary={summary} isLink={false} />}
        actions={<Place name="operation.actions" given={{ operation }} />}
      />
      <SimpleGrid cols={{ base: 1, lg: isCounted ? 2 : 1 }} spacing="lg">
        <Section title={words.facts}>
          <FactsOfOperation operation={operation} />
        </Section>
        {isCounted && <BlastOfPeriod procedure={operation.procedure ?? ''} at={operation.at} />}
      </SimpleGrid>
      <Section title={summary === '' ? words.changes : words.changesOf({ summary })}>
        {changes.length === 0 && hidden === 0 && <Text c="dimmed">{words.noChanges}</Text>}
        {changes.length > 0 && <DiffPreview changes={changes} />}
        {hidden > 0 && <Text size="sm">{words.hidden({ hidden })}</Text>}
      </Section>
      <Place name="operation.related" given={{ operation }} />
    </Stack>
  )
}
