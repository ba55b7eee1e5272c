// The input of an action, its dry run with the exact diff, and then its performance.
import { Button, Checkbox } from '@mantine/core'
import type { Meta, MetaAction, MetaEntity, Values } from '@steward/sdk'
import {
  DangerButton,
  DiffPreview,
  ErrorNotice,
  operationPath,
  PageLink,
  problemsOf,
  ReasonField,
  SchemaForm,
  Section,
  SubmitButton,
  summaryOf,
  useLanguage,
  useSteward,
  useWords,
} from '@steward/ui'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { readSet } from '../edit/set-parameters.ts'
import { ActionAnswer } from './action-answer.tsx'
import { actionWords } from './action-words.ts'
import classes from './actions.module.css'
import { readPrefilled } from './prefill.ts'
import { type Tried, usePerforming } from './use-performing.ts'

/** From the input to the answer; what only reads is asked at once. */
export function ActionForm({ action, entity, meta }: { action: MetaAction; entity: MetaEntity | null; meta: Meta }) {
  const words = useWords(actionWords)
  const { language } = useLanguage()
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const [input, setInput] = useState<Values>(() => readPrefilled(action.input, readSet(search)))
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const { trial, performance } = usePerforming(action)
  const isRead = action.effect === 'read'
  const hasInput = Object.keys(action.input['properties'] ?? {}).length > 0
  const done = performance.data
  const submit = () => {
    const found = problemsOf(action.input, input, language)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    if (isRead) performance.mutate({ input, reason: '' })
    else trial.mutate(input)
  }
  const startOver = () => {
    trial.reset()
    performance.reset()
  }
  if (done !== undefined && !isRead) return <Done {...{ done, startOver }} />
  if (trial.data !== undefined)
    return (
      <Review
        {...{ action, entity, meta, startOver, tried: trial.data }}
        isBusy={performance.isPending}
        error={performance.error}
        onRun={(reason) => performance.mutate({ input, reason })}
      />
    )
  const error = trial.error ?? performance.error
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Section title={words.form}>
        {hasInput ? (
          <SchemaForm schema={action.input} value={input} onChange={setInput} errors={problems} />
        ) : (
          <p>{words.noInput}</p>
        )}
      </Section>
      {error !== null && <ErrorNotice error={error} />}
      <div className={classes['buttons']}>
        <SubmitButton isBusy={trial.isPending || performance.isPending}>
          {isRead ? words.ask : words.rehearse}
        </SubmitButton>
      </div>
      {done !== undefined && <ActionAnswer title={words.answer} answer={done.result} />}
    </form>
  )
}

type ReviewGiven = {
  action: MetaAction
  entity: MetaEntity | null
  meta: Meta
  tried: Tried
  isBusy: boolean
  error: unknown
  onRun: (reason: string) => void
  startOver: () => void
}

/** What would happen; then why, and for what takes something away a second look. */
function Review({ action, entity, meta, tried, isBusy, error, onRun, startOver }: ReviewGiven) {
  const words = useWords(actionWords)
  const { language } = useLanguage()
  const [reason, setReason] = useState('')
  const [isConfirmed, setConfirmed] = useState(false)
  const isDanger = action.effect === 'danger'
  const isRequired = isDanger || entity?.requiresReason === true
  const isReasoned = reason.trim() !== '' || !isRequired
  const { changes } = tried
  const summary = summaryOf(changes ?? [], meta, language)
  const Do = isDanger ? DangerButton : SubmitButton
  return (
    <div className={classes['form']}>
      <Section title={words.wouldChange}>
        {changes === null && <p>{words.notShown}</p>}
        {changes?.length === 0 && <p>{words.wouldNothing}</p>}
        {changes !== null && changes.length > 0 && <DiffPreview changes={changes} />}
      </Section>
      <ActionAnswer title={words.wouldAnswer} answer={tried.result} />
      <ReasonField value={reason} onChange={setReason} isRequired={isRequired} />
      {isDanger && (
        <Checkbox
          label={words.confirm}
          checked={isConfirmed}
          onChange={(event) => setConfirmed(event.currentTarget.checked)}
        />
      )}
      {error !== null && <ErrorNotice error={error} />}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={startOver}>
          {words.again}
        </Button>
        <Do isBusy={isBusy} isDisabled={!isReasoned || (isDanger && !isConfirmed)} onClick={() => onRun(reason)}>
          {words.run({ summary })}
        </Do>
      </div>
    </div>
  )
}

function Done({ done, startOver }: { done: { result: unknown; operation: string | null }; startOver: () => void }) {
  const words = useWords(actionWords)
  const { may } = useSteward()
  return (
    <div className={classes['form']}>
      <div className={classes['done']} role="status">
        <strong>{words.isDone}</strong>
        {done.operation !== null && may('trail:operation') && (
          <PageLink to={operationPath(done.operation)}>{words.seeOperation}</PageLink>
        )}
        <Button size="compact-sm" variant="default" ml="auto" onClick={startOver}>
          {words.another}
        </Button>
      </div>
      <ActionAnswer title={words.answer} answer={done.result} />
    </div>
  )
}
