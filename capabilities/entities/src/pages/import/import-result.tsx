// What an import would do, row by row and field by field, and the button that does it.
import { Alert, Badge, Group, Stack, Table, Text } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import {
  DiffPreview,
  ErrorNotice,
  notifyDone,
  operationPath,
  ReasonField,
  Section,
  SubmitButton,
  usePhrase,
  useWords,
} from '@steward/ui'
import { useState } from 'react'
import { countTried } from './count-tried.ts'
import { importWords } from './import-words.ts'
import { mostRequests } from './plan-import.ts'
import { type Refused, refusedRows } from './refused-rows.ts'
import type { Rehearsal } from './rehearse-import.ts'
import type { Import } from './use-import.ts'

type Shown = { entity: MetaEntity; taken: Import; tried: Rehearsal }

export function ImportResult({ entity, taken, tried }: Shown) {
  const words = useWords(importWords)
  const say = usePhrase()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { perform } = taken
  const counts = countTried(tried, entity)
  const written = counts.fresh + counts.changed
  const refused = refusedRows(tried, { entity, words, say })
  const tooMany = tooManyOf(entity, { tried, written, words })
  const isMissing = entity.requiresReason && reason.trim() === ''
  const act = () => {
    setAsked(true)
    if (isMissing) return
    perform.mutate(
      { tried, reason: reason.trim() },
      {
        onSuccess: ({ operation }) =>
          notifyDone({
            message: words.imported({ count: written }),
            ...(operation === null ? {} : { path: operationPath(operation), linkLabel: words.operation }),
          }),
      },
    )
  }
  return (
    <Section title={words.result}>
      <Stack gap="md">
        <Group gap="xs" role="status">
          <Badge variant="light" tt="none">
            {words.fresh({ count: counts.fresh })}
          </Badge>
          <Badge variant="light" tt="none">
            {words.changed({ count: counts.changed })}
          </Badge>
          <Badge variant="light" tt="none" color="gray">
            {words.unchanged({ count: counts.unchanged })}
          </Badge>
          {counts.refused > 0 && (
            <Badge variant="light" tt="none" color="yellow">
              {words.refused({ count: counts.refused })}
            </Badge>
          )}
        </Group>
        {refused.length > 0 && <RefusedTable refused={refused} />}
        {tooMany !== null && <Alert color="yellow">{tooMany}</Alert>}
        {written === 0 && <Text>{words.nothing}</Text>}
        {written > 0 && tried.done?.changes == null && <Alert color="yellow">{words.noTrail}</Alert>}
        {tried.done?.changes != null && tried.done.changes.length > 0 && <DiffPreview changes={tried.done.changes} />}
        {written > 0 && tooMany === null && (
          <>
            <ReasonField
              value={reason}
              onChange={setReason}
              isRequired={entity.requiresReason}
              isKept={entity.isTracked === true}
              error={isAsked && isMissing ? words.reasonMissing : null}
            />
            {perform.isError && <ErrorNotice error={perform.error} />}
            <Group>
              <SubmitButton isBusy={perform.isPending} onClick={act}>
                {counts.refused === 0
                  ? words.import({ count: written })
                  : words.importRest({ count: written, left: counts.refused })}
              </SubmitButton>
            </Group>
          </>
        )}
      </Stack>
    </Section>
  )
}

type Limits = { tried: Rehearsal; written: number; words: (typeof importWords)['en'] }

/** Why it cannot be done at once; null where it can. */
function tooManyOf({ maxAffected }: MetaEntity, { tried, written, words }: Limits): string | null {
  const { length } = tried.requests
  if (length > mostRequests) return words.tooManyChanges({ count: length, most: mostRequests })
  const largest = Math.max(0, ...tried.requests.map(({ rows }) => rows.length))
  if (maxAffected === null || largest <= maxAffected) return null
  return words.tooManyForRole({ count: written, most: maxAffected })
}

const mostShown = 50

function RefusedTable({ refused }: { refused: readonly Refused[] }) {
  const words = useWords(importWords)
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {words.refusedTitle}
      </Text>
      <Table verticalSpacing={4} aria-label={words.refusedTitle}>
        <Table.Tbody>
          {refused.slice(0, mostShown).map(({ line, count, reasons }) => (
            <Table.Tr key={line}>
              <Table.Td w={140}>
                {count === 1 ? words.row({ line }) : words.rowsTogether({ line, count: count - 1 })}
              </Table.Td>
              <Table.Td>
                {reasons.map((each) => (
                  <Text key={each} size="sm">
                    {each}
                  </Text>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {refused.length > mostShown && (
        <Text size="sm" c="dimmed">
          {words.moreRefused({ count: refused.length - mostShown })}
        </Text>
      )}
    </Stack>
  )
}
