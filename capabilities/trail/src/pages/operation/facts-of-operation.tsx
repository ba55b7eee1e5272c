// What is known of an operation, fact by fact.
import { Anchor, Group, Stack, Text } from '@mantine/core'
import {
  ActorName,
  Moment,
  operationPath,
  PageLink,
  ProcedureName,
  SourceName,
  useSteward,
  useWords,
  Value,
} from '@steward/ui'
import type { OperationDetails } from '../answers.ts'
import { type Fact, Facts } from '../facts.tsx'
import { fillRequestLink } from './fill-request-link.ts'
import { operationWords } from './operation-words.ts'
import { Params } from './params.tsx'

/** All facts; those that there are none of are left out. */
export function FactsOfOperation({ operation }: { operation: OperationDetails }) {
  const words = useWords(operationWords)
  const { actor, procedure, reason, source, outcome, error, runId, imported, signed } = operation
  const links = useRequestLinks(operation)
  const hasRequest = operation.requestId !== null || links.length > 0
  const facts: Fact[] = [
    {
      label: words.who,
      value: (
        <Group gap="xs">
          <ActorName actor={actor} />
          <Value value={`${actor.type}:${actor.id}`} />
        </Group>
      ),
    },
    { label: words.procedure, value: procedure === null ? words.bareSql : <ProcedureName procedure={procedure} /> },
    { label: words.params, value: <Params operation={operation} /> },
    { label: words.reason, value: reason ?? <Text c="dimmed" size="sm" span children={words.noReason} /> },
    { label: words.source, value: <SourceName source={source} /> },
    { label: words.request, value: hasRequest ? <RequestOf requestId={operation.requestId} links={links} /> : null },
    { label: words.when, value: <Moments operation={operation} /> },
    {
      label: words.outcome,
      value: outcome === 'failed' ? <Text c="red" size="sm" span children={words.failed} /> : outcome && words.done,
    },
    { label: words.error, value: error === null ? null : <Value value={error} /> },
    { label: words.run, value: runId === null ? null : <Value value={runId} /> },
    { label: words.parent, value: linkTo(operation.parentId, words.parentOperation) },
    { label: words.reverts, value: linkTo(operation.reverts, words.revertedOperation) },
    { label: words.revertedBy, value: <Reverters operation={operation} /> },
    { label: words.imported, value: imported ? words.importedYes : null },
    { label: words.signed, value: signed === null ? null : signed ? words.signedYes : words.signedNo },
    { label: words.session, value: sessionOf(operation) },
    { label: words.id, value: <Value value={operation.id} /> },
  ]
  const isReverted = (operation.revertedBy ?? []).length > 0
  return <Facts facts={facts.filter(({ label }) => label !== words.revertedBy || isReverted)} />
}

function linkTo(id: string | null, label: string) {
  return id === null ? null : <PageLink to={operationPath(id)}>{label}</PageLink>
}

function sessionOf({ databaseUser, applicationName, clientAddress }: OperationDetails): string | null {
  const known = [databaseUser, applicationName, clientAddress].filter((each) => each !== null && each !== '')
  return known.length === 0 ? null : known.join(' · ')
}

function Reverters({ operation }: { operation: OperationDetails }) {
  return (
    <Stack gap={2}>
      {(operation.revertedBy ?? []).map(({ id, actor, at }) => (
        <Group key={id} gap="xs">
          <PageLink to={operationPath(id)}>
            <ActorName actor={actor} />
          </PageLink>
          <Moment at={at} />
        </Group>
      ))}
    </Stack>
  )
}

function Moments({ operation: { at, transactions } }: { operation: OperationDetails }) {
  const words = useWords(operationWords)
  if (transactions.length < 2) return <Moment at={at} />
  return (
    <Stack gap={2}>
      <Text size="sm">{words.parts({ parts: transactions.length })}</Text>
      {transactions.map((part, place) => (
        <Group key={part.id ?? place} gap="xs">
          <Moment at={part.at} />
          {part.outcome === 'failed' && <Text c="red" size="sm" span children={words.failed} />}
        </Group>
      ))}
    </Stack>
  )
}

type FilledLink = { label: string; url: string }

/** Links to logs and traces, as the team's configuration has them; also without a request's id where they do without. */
function useRequestLinks({ requestId, id, at }: OperationDetails): FilledLink[] {
  const { whoami } = useSteward()
  return whoami.service.requestLinks.flatMap((link) => {
    const url = fillRequestLink(link, { requestId, operation: id, at })
    return url === null ? [] : [{ label: link.label, url }]
  })
}

function RequestOf({ requestId, links }: { requestId: string | null; links: readonly FilledLink[] }) {
  return (
    <Group gap="xs">
      {requestId !== null && <Value value={requestId} />}
      {links.map(({ label, url }) => (
        <Anchor key={url} href={url} target="_blank" rel="noopener noreferrer" size="sm">
          {label} ↗
        </Anchor>
      ))}
    </Group>
  )
}
