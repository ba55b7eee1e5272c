// Takes in a CSV file: what its columns become, what exactly would change, and then for real, in one operation.
import { Button, Group, Stack } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import {
  EmptyState,
  ErrorNotice,
  entityPath,
  LoadingPage,
  PageHeader,
  PageLink,
  Section,
  SubmitButton,
  useMeta,
  usePhrase,
  useTitle,
  useWords,
} from '@steward/ui'
import { useParams } from '@tanstack/react-router'
import { listWords } from '../list/list-words.ts'
import { FileChoice } from './file-choice.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportResult } from './import-result.tsx'
import { importWords } from './import-words.ts'
import { MappingTable } from './mapping-table.tsx'
import { ModeChoice, missingKey } from './mode-choice.tsx'
import { mostBytes, mostRows, useImport } from './use-import.ts'

export default function ImportPage() {
  const { entity: name = '' } = useParams({ strict: false }) as { entity?: string }
  const words = useWords(listWords)
  const { data, error, refetch } = useMeta()
  const entity = data?.entities.find((one) => one.entity === name)
  if (data === undefined)
    return error === null ? <LoadingPage /> : <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (entity !== undefined) return <ImportView key={name} entity={entity} />
  return (
    <EmptyState
      title={words.unknownEntity({ entity: name })}
      action={<PageLink to="/entities">{words.allEntities}</PageLink>}
    >
      {words.unknownEntityNext}
    </EmptyState>
  )
}

function ImportView({ entity }: { entity: MetaEntity }) {
  const words = useWords(importWords)
  const say = usePhrase()
  const label = say(entity.label)
  const taken = useImport(entity)
  const { table, source, mapping, rehearsal, perform } = taken
  useTitle(words.title({ entity: label }))
  if (!entity.writes.includes('insert') && !entity.writes.includes('update')) {
    return (
      <EmptyState
        title={words.notAllowed({ entity: label })}
        action={<PageLink to={entityPath(entity.entity)}>{words.toList}</PageLink>}
      >
        {words.notAllowedNext}
      </EmptyState>
    )
  }
  const isWithin = source !== null && source.bytes <= mostBytes && (table?.body.length ?? 0) <= mostRows
  const isMapped = mapping.columns.some((column) => column !== null)
  const isReady =
    isWithin && isMapped && missingKey(entity, mapping) === null && table !== null && table.body.length > 0
  return (
    <Stack gap="md">
      <PageHeader
        title={words.title({ entity: label })}
        path={[
          { label: words.data, to: '/entities' },
          { label, to: entityPath(entity.entity) },
        ]}
        detail={words.detail}
      />
      {perform.data !== undefined && <ImportDone entity={entity} taken={taken} done={perform.data} />}
      {perform.data === undefined && (
        <Section title={words.file}>
          <FileChoice taken={taken} />
        </Section>
      )}
      {perform.data === undefined && table !== null && isWithin && table.body.length > 0 && (
        <>
          <Section title={words.columns}>
            <MappingTable taken={taken} />
          </Section>
          <ModeChoice entity={entity} taken={taken} />
          <Group gap="xs">
            <SubmitButton isBusy={rehearsal.isPending} isDisabled={!isReady} onClick={() => rehearsal.mutate()}>
              {words.check}
            </SubmitButton>
            {rehearsal.isPending && (
              <Button variant="subtle" onClick={taken.forget}>
                {words.cancel}
              </Button>
            )}
          </Group>
          {rehearsal.isError && <ErrorNotice error={rehearsal.error} />}
          {rehearsal.data !== undefined && <ImportResult entity={entity} taken={taken} tried={rehearsal.data} />}
        </>
      )}
    </Stack>
  )
}
