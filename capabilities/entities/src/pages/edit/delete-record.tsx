// Removes a record: first exactly what would go with it, then why, then a button that says what it does.
import { Button } from '@mantine/core'
import type { ChangeFacts, MetaEntity, Values } from '@steward/sdk'
import {
  DangerButton,
  ErrorNotice,
  LoadingRows,
  ReasonField,
  summaryOf,
  useLanguage,
  useMeta,
  useWords,
} from '@steward/ui'
import { useEffect, useState } from 'react'
import type { ReadRecord } from '../record/read-record.ts'
import { ChangePreview } from './change-preview.tsx'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import { useRehearsal, useWrite } from './use-write.ts'

type Given = {
  entity: MetaEntity
  recordKey: Values
  found: ReadRecord
  onDone: () => void
  onCancel: () => void
}

/** What goes with the record, and its removal. */
export function DeleteRecord({ entity, recordKey, found, onDone, onCancel }: Given) {
  const words = useWords(editWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const [reason, setReason] = useState('')
  const rehearsal = useRehearsal(entity)
  const removal = useWrite(entity, onDone)
  const { etag, record } = found
  const { mutate: rehearse } = rehearsal
  useEffect(() => {
    rehearse({
      write: { kind: 'delete', key: recordKey, etag },
      own: { kind: 'delete', entity: entity.entity, key: recordKey, before: record, after: null },
    })
  }, [rehearse, entity, recordKey, etag, record])
  const shown = rehearsal.data
  const error = removal.error ?? rehearsal.error
  const isGoing = ({ kind }: ChangeFacts) => kind === 'delete' || kind === 'truncate'
  const going = summaryOf(shown?.changes.filter(isGoing) ?? [], meta, language)
  const changing = summaryOf(shown?.changes.filter((change) => !isGoing(change)) ?? [], meta, language)
  const isReasoned = !entity.requiresReason || reason.trim() !== ''
  return (
    <div className={classes['page']}>
      {shown === undefined && error === null && (
        <div role="status">
          {words.rehearsing}
          <LoadingRows rows={4} />
        </div>
      )}
      {shown !== undefined && (
        <>
          <div className={classes['note']} data-kind="warning">
            <strong>{words.deleteText({ summary: going === '' ? words.deleteOne : going })}</strong>
            {changing !== '' && <span>{words.deletesMore({ summary: changing })}</span>}
          </div>
          <ChangePreview entity={entity} shown={shown} />
          <ReasonField
            value={reason}
            onChange={setReason}
            isRequired={entity.requiresReason}
            isKept={entity.isTracked === true}
          />
        </>
      )}
      {error !== null && <ErrorNotice error={error} />}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
        <DangerButton
          isBusy={removal.isPending}
          isDisabled={shown === undefined || !isReasoned}
          onClick={() => removal.mutate({ write: { kind: 'delete', key: recordKey, etag }, reason })}
        >
          {words.deleteButton({ summary: going === '' ? words.deleteOne : going })}
        </DangerButton>
      </div>
    </div>
  )
}
