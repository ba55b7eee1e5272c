// The form of a record, from what is typed to what is saved: preview, reason, and what to do when somebody was quicker.
import { Button } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import { ErrorNotice, ReasonField, SubmitButton, useWords } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ReadRecord } from '../record/read-record.ts'
import { keyTextOf } from '../record/use-record.ts'
import { ChangePreview } from './change-preview.tsx'
import { CollisionView } from './collision-view.tsx'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { textsOf } from './merge-edits.ts'
import { payloadOf } from './payload-of.ts'
import { RecordForm } from './record-form.tsx'
import { useDraft } from './use-draft.ts'
import { useFieldErrors } from './use-field-errors.ts'
import { isOvertaken, useRehearsal, useWrite } from './use-write.ts'

type Given = {
  entity: MetaEntity
  recordKey: Values
  found: ReadRecord
  /** Only these fields; all unless given. */
  only?: readonly string[]
  onDone: () => void
  onCancel: () => void
}

/** Edits a record. Only what is different is sent, and only while the record is as it was read. */
export function EditRecord({ entity, recordKey, found, only, onDone, onCancel }: Given) {
  const words = useWords(editWords)
  const queries = useQueryClient()
  const isSaved = useRef(false)
  const [isRebased, setRebased] = useState(false)
  const name = `${entity.entity} ${keyTextOf(entity, recordKey)}`
  const latest = { texts: textsOf(found.record, entity.columns), etag: found.etag }
  const drafting = useDraft(name, entity, useStable(latest, found))
  const { draft, changed, merged } = drafting
  const count = Object.keys(changed).length
  const { values, unreadable } = payloadOf(changed, entity.columns)
  const rehearsal = useRehearsal(entity)
  const write = useWrite(entity, () => {
    isSaved.current = true
    drafting.discard()
    onDone()
  })
  const own = {
    kind: 'update' as const,
    entity: entity.entity,
    key: recordKey,
    before: Object.fromEntries(Object.keys(changed).map((column) => [column, found.record[column]])),
    after: values,
  }
  const sent = { kind: 'update' as const, key: recordKey, values, etag: draft.etag }
  const error = write.error ?? rehearsal.error
  const isLate = isOvertaken(error)
  useEffect(() => {
    // Somebody was quicker: what they wrote is read, and stands beside what was typed.
    if (isLate) void queries.invalidateQueries({ queryKey: ['records', entity.entity, keyTextOf(entity, recordKey)] })
  }, [isLate, queries, entity, recordKey])
  const errors = useFieldErrors({ entity, edits: changed, unreadable, error })
  const forget = () => {
    rehearsal.reset()
    write.reset()
  }
  const settled = (edits: typeof changed) => {
    setRebased(isLate)
    forget()
    drafting.rebase(edits)
  }
  const collides = merged !== null && merged.collisions.length > 0
  useEffect(() => {
    if (merged !== null && !collides && (isLate || count === 0)) settled(merged.edits)
  })
  if (collides) return <CollisionView {...{ entity, recordKey, merged }} onSettled={settled} />
  const shown = rehearsal.data
  const isReasoned = !entity.requiresReason || draft.reason.trim() !== ''
  return (
    <form
      className={classes['page']}
      onSubmit={(event) => {
        event.preventDefault()
        if (count === 0 || unreadable.length > 0) return
        if (shown === undefined) rehearsal.mutate({ write: sent, own })
        else if (isReasoned) write.mutate({ write: sent, reason: draft.reason })
      }}
    >
      <LeaveGuard isDirty={() => count > 0 && !isSaved.current} onLeave={drafting.discard} />
      {drafting.isRestored && count > 0 && (
        <div className={classes['note']} role="status">
          {words.restored}
          <Button size="compact-sm" variant="subtle" onClick={drafting.discard}>
            {words.discard}
          </Button>
        </div>
      )}
      {isRebased && shown === undefined && (
        <div className={classes['note']} data-kind="warning" role="status">
          {words.rebased}
        </div>
      )}
      {merged !== null && merged.theirs.length > 0 && (
        <div className={classes['note']} role="status">
          {words.merged({ count: merged.theirs.length })}
          <Button size="compact-sm" variant="subtle" onClick={() => settled(merged.edits)}>
            {words.goOn}
          </Button>
        </div>
      )}
      {shown === undefined ? (
        <RecordForm
          entity={entity}
          was={draft.was}
          edits={draft.edits}
          errors={errors}
          only={only === undefined ? undefined : [...new Set([...only, ...Object.keys(draft.edits)])]}
          onChange={(column, text) => {
            forget()
            drafting.set(column, text)
          }}
          isDisabled={rehearsal.isPending}
        />
      ) : (
        <>
          <ChangePreview entity={entity} shown={shown} />
          <ReasonField
            value={draft.reason}
            onChange={drafting.setReason}
            isRequired={entity.requiresReason}
            isKept={entity.isTracked === true}
          />
        </>
      )}
      {error !== null && !isLate && <ErrorNotice error={error} />}
      <div className={classes['buttons']}>
        <span className={classes['count']}>{words.changedFields({ count })}</span>
        <Button variant="default" onClick={shown === undefined ? onCancel : forget}>
          {shown === undefined ? words.cancel : words.back}
        </Button>
        {shown === undefined ? (
          <SubmitButton isBusy={rehearsal.isPending} isDisabled={count === 0}>
            {words.preview}
          </SubmitButton>
        ) : (
          <SubmitButton isBusy={write.isPending} isDisabled={!isReasoned}>
            {words.save({ count })}
          </SubmitButton>
        )}
      </div>
    </form>
  )
}

/** The same object as long as the record is the same answer. */
function useStable<Made>(made: Made, of: unknown): Made {
  const kept = useRef({ made, of })
  if (kept.current.of !== of) kept.current = { made, of }
  return kept.current.made
}
