// Many records at once: tried out first, shown exactly, then done with a reason, as one operation.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ChangesetDone, MetaEntity } from '@steward/sdk'
import {
  DangerButton,
  DiffPreview,
  ErrorNotice,
  LoadingRows,
  notifyDone,
  operationPath,
  ReasonField,
  SubmitButton,
  summaryOf,
  useLanguage,
  useMeta,
  useSteward,
  useWords,
} from '@steward/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Selection } from '../list/selection.ts'
import { selectedCount } from '../list/selection.ts'
import { type BulkWrite, bulkRequest, reachedBy } from './bulk-request.ts'
import { bulkWords } from './bulk-words.ts'

/** What both dialogs are told. */
export type BulkProps = { entity: MetaEntity; selection: Selection; onClose: () => void; onDone: () => void }

/** A dialog over the whole page on a phone. */
export function BulkDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const words = useWords(bulkWords)
  const isPhone = useMediaQuery('(max-width: 36em)')
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="xl"
      fullScreen={isPhone ?? false}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="sm">{children}</Stack>
    </Modal>
  )
}

type Trying = BulkProps & { write: BulkWrite; back?: ReactNode }

/** What a write would change, and the button that does it. */
export function BulkRehearsal({ entity, selection, write, back, onClose, onDone }: Trying) {
  const words = useWords(bulkWords)
  const { client } = useSteward()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const count = selectedCount(selection)
  const request = bulkRequest(entity, selection, write)
  const rehearsal = useQuery({
    queryKey: ['entities', 'bulk', request],
    queryFn: ({ signal }) => client.changeset([request], { dryRun: true, signal }),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const say = useSummary()
  const perform = useMutation({
    mutationFn: () => client.changeset([request], reason.trim() === '' ? {} : { reason: reason.trim() }),
    onSuccess: async (done) => {
      const what = say(done, count)
      notifyDone({
        message: write.method === 'DELETE' ? words.removed({ what }) : words.edited({ what }),
        ...(done.operation === null ? {} : { path: operationPath(done.operation), linkLabel: words.operation }),
      })
      onDone()
      await queries.invalidateQueries()
    },
  })
  if (entity.maxAffected !== null && count > entity.maxAffected) {
    return <Alert color="yellow">{words.tooMany({ count, most: entity.maxAffected })}</Alert>
  }
  if (rehearsal.isError) {
    return (
      <>
        <ErrorNotice error={rehearsal.error} onRetry={() => void rehearsal.refetch()} />
        {back}
      </>
    )
  }
  if (rehearsal.data === undefined) {
    return (
      <div role="status" aria-label={words.loading}>
        <LoadingRows rows={6} />
      </div>
    )
  }
  const { changes } = rehearsal.data
  const what = say(rehearsal.data, count)
  const isMissing = entity.requiresReason && reason.trim() === ''
  const act = () => {
    setAsked(true)
    if (!isMissing) perform.mutate()
  }
  const DoButton = write.method === 'DELETE' ? DangerButton : SubmitButton
  return (
    <>
      {changes === null ? (
        <Alert color="yellow">
          {write.method === 'DELETE'
            ? words.noDiff({ count: reachedBy(rehearsal.data) })
            : words.noTrail({ count: reachedBy(rehearsal.data) })}
        </Alert>
      ) : changes.length === 0 ? (
        <Text>{words.nothing}</Text>
      ) : (
        <DiffPreview changes={changes} />
      )}
      <ReasonField
        value={reason}
        onChange={setReason}
        isRequired={entity.requiresReason}
        isKept={entity.isTracked === true}
        error={isAsked && isMissing ? words.reasonMissing : null}
      />
      {perform.isError && <ErrorNotice error={perform.error} />}
      <Group justify="space-between">
        <div>{back}</div>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <DoButton isBusy={perform.isPending} isDisabled={changes?.length === 0} onClick={act}>
            {write.method === 'DELETE' ? words.remove({ what }) : words.apply({ what })}
          </DoButton>
        </Group>
      </Group>
    </>
  )
}

/** What was changed, counted by entity; where no trail tells it, how many records were chosen. */
function useSummary(): (done: ChangesetDone, count: number) => string {
  const words = useWords(bulkWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  return ({ changes }, count) => {
    const summary = changes === null ? '' : summaryOf(changes, meta, language)
    return summary === '' ? words.records({ count }) : summary
  }
}
