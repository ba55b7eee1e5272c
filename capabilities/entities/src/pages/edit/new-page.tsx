// The page on which a record is added.
import { Button } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import {
  EmptyState,
  ErrorNotice,
  entityPath,
  keyParts,
  Loaded,
  LoadingPage,
  PageHeader,
  PageLink,
  ReasonField,
  recordPath,
  SubmitButton,
  useMeta,
  usePhrase,
  useTitle,
  useWords,
} from '@steward/ui'
import { useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { UnnamedRecord } from '../record/unnamed-record.tsx'
import { ChangePreview } from './change-preview.tsx'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { Texts } from './merge-edits.ts'
import { payloadOf } from './payload-of.ts'
import { RecordForm } from './record-form.tsx'
import { readSet } from './set-parameters.ts'
import { useDraft } from './use-draft.ts'
import { useFieldErrors } from './use-field-errors.ts'
import { useRehearsal, useWrite } from './use-write.ts'

/** `/entities/$entity/-/new` */
export default function NewPage() {
  const { entity: name = '' } = useParams({ strict: false }) as { entity?: string }
  return (
    <Loaded query={useMeta()} loading={<LoadingPage />}>
      {({ entities }) => {
        const entity = entities.find((one) => one.entity === name)
        return entity === undefined ? <UnnamedRecord named={{ kind: 'no-entity', name }} /> : <NewOf entity={entity} />
      }}
    </Loaded>
  )
}

function NewOf({ entity }: { entity: MetaEntity }) {
  const words = useWords(editWords)
  const say = usePhrase()
  const label = say(entity.label)
  const title = words.newRecord({ name: label })
  useTitle(title)
  const path = entityPath(entity.entity)
  return (
    <div className={classes['page']}>
      <PageHeader title={title} path={[{ label, to: path }]} />
      {entity.writes.includes('insert') ? (
        <NewForm key={entity.entity} entity={entity} />
      ) : (
        <EmptyState title={words.notWritable} action={<PageLink to={path}>{label}</PageLink>} />
      )}
    </div>
  )
}

const nothing = { texts: {}, etag: null }

function NewForm({ entity }: { entity: MetaEntity }) {
  const words = useWords(editWords)
  const navigate = useNavigate()
  const begun = useBegun(entity)
  const isSaved = useRef(false)
  const drafting = useDraft(`${entity.entity} new`, entity, nothing, begun)
  const { draft } = drafting
  const { values, unreadable } = payloadOf(draft.edits, entity.columns)
  const rehearsal = useRehearsal(entity)
  const write = useWrite(entity, ({ record }) => {
    isSaved.current = true
    drafting.discard()
    const key = record === null ? null : keyParts(entity.key, record)
    void navigate({ to: key === null ? entityPath(entity.entity) : recordPath(entity.entity, key) })
  })
  const error = write.error ?? rehearsal.error
  const errors = useFieldErrors({ entity, edits: draft.edits, unreadable, error })
  const count = Object.keys(draft.edits).length
  const isTouched = JSON.stringify(draft.edits) !== JSON.stringify(begun)
  const shown = rehearsal.data
  const isReasoned = !entity.requiresReason || draft.reason.trim() !== ''
  const forget = () => {
    rehearsal.reset()
    write.reset()
  }
  const sent = { kind: 'insert' as const, values }
  const own = { kind: 'insert' as const, entity: entity.entity, key: null, before: null, after: values }
  return (
    <form
      className={classes['page']}
      onSubmit={(event) => {
        event.preventDefault()
        if (unreadable.length > 0) return
        if (shown === undefined) rehearsal.mutate({ write: sent, own })
        else if (isReasoned) write.mutate({ write: sent, reason: draft.reason })
      }}
    >
      <LeaveGuard isDirty={() => count > 0 && isTouched && !isSaved.current} onLeave={drafting.discard} />
      {drafting.isRestored && count > 0 && (
        <div className={classes['note']} role="status">
          {words.restored}
          <Button size="compact-sm" variant="subtle" onClick={drafting.discard}>
            {words.discard}
          </Button>
        </div>
      )}
      {shown === undefined ? (
        <RecordForm
          entity={entity}
          was={nothing.texts}
          edits={draft.edits}
          errors={errors}
          onChange={(column, text) => {
            forget()
            drafting.set(column, text)
          }}
          isNew
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
      {error !== null && <ErrorNotice error={error} />}
      <div className={classes['buttons']}>
        {shown === undefined ? (
          <SubmitButton isBusy={rehearsal.isPending}>{words.preview}</SubmitButton>
        ) : (
          <>
            <Button variant="default" onClick={forget}>
              {words.back}
            </Button>
            <SubmitButton isBusy={write.isPending} isDisabled={!isReasoned}>
              {words.create}
            </SubmitButton>
          </>
        )}
      </div>
    </form>
  )
}

/** What the address fills in, once: later changes of it are somebody's going elsewhere. */
function useBegun({ columns }: MetaEntity): Texts {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const [begun] = useState(() => {
    const given = readSet(search)
    return Object.fromEntries(
      Object.entries(given).filter(([name]) => columns.some((one) => one.name === name && one.writable)),
    )
  })
  return begun
}
