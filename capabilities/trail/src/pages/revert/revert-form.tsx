// One revert: its plan, its conflicts, the reason, the deed, and what it came to.
import { Alert, Group, Stack, Text } from '@mantine/core'
import {
  DangerButton,
  ErrorNotice,
  LoadingRows,
  ReasonField,
  summaryOf,
  useLanguage,
  useMeta,
  useSteward,
  useWords,
} from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RevertAnswer } from '../answers.ts'
import { CancelButton } from './cancel-button.tsx'
import { Conflicts } from './conflicts.tsx'
import { isForcible } from './plan-of-revert.ts'
import { PlanRows, PlanSentence } from './plan-shown.tsx'
import styles from './revert.module.css'
import { RevertDone } from './revert-done.tsx'
import { RevertHeader } from './revert-header.tsx'
import type { SingleTarget } from './revert-target.ts'
import { revertWords } from './revert-words.ts'
import { type Choice, revertForGood, usePlan } from './use-plan.ts'

/** The dialog of one revert, as a page of its own. */
export function RevertForm({ target }: { target: SingleTarget }) {
  const words = useWords(revertWords)
  const [choice, setChoice] = useState<Choice>('skip')
  const [reason, setReason] = useState('')
  const [isReasonMissing, setReasonMissing] = useState(false)
  const kept = usePlan(target, 'skip')
  const hasChoice = kept.data?.plan.conflicts.some(isForcible) === true
  const forced = usePlan(target, 'force', hasChoice)
  const plan = hasChoice && choice === 'force' ? forced : kept
  const deed = useDeed({ target, choice, plan: plan.data, onStale: () => void kept.refetch() })
  if (deed.data?.applied === true) return <RevertDone answer={deed.data} target={target} />
  const submit = () => {
    setReasonMissing(reason.trim() === '')
    if (reason.trim() !== '') deed.mutate(reason.trim())
  }
  return (
    <form noValidate onSubmit={(event) => (event.preventDefault(), submit())}>
      <Stack gap="md">
        <RevertHeader target={target} />
        {deed.isError && <ErrorNotice error={deed.error} />}
        {deed.data !== undefined && <Alert color="yellow">{words.notDone}</Alert>}
        {(deed.isError || deed.data !== undefined) && !kept.isFetching && <Text size="sm">{words.plannedAnew}</Text>}
        {plan.isPending && !plan.isError && (
          <>
            <Text c="dimmed">{words.planning}</Text>
            <LoadingRows rows={6} />
          </>
        )}
        {plan.isError && <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />}
        {plan.data !== undefined && <PlanSentence answer={plan.data} />}
        {kept.data !== undefined && kept.data.plan.conflicts.length > 0 && (
          <Conflicts
            conflicts={kept.data.plan.conflicts}
            forced={forced.data}
            {...(hasChoice ? { choice, onChoose: setChoice } : {})}
          />
        )}
        {plan.data !== undefined && <PlanRows answer={plan.data} />}
        <div className={styles['deed']}>
          {plan.data !== undefined && plan.data.plan.rows.length > 0 && (
            <ReasonField
              value={reason}
              onChange={setReason}
              isRequired
              error={isReasonMissing && reason.trim() === '' ? words.reasonMissing : null}
            />
          )}
          <Group justify="flex-end" mt="xs">
            <CancelButton target={target} />
            <DoButton answer={plan.data} isBusy={deed.isPending} isWaiting={plan.isFetching} />
          </Group>
        </div>
      </Stack>
    </form>
  )
}

type Undone = {
  target: SingleTarget
  choice: Choice
  plan: RevertAnswer | undefined
  onStale: () => void
}

/** For good, with the plan that was looked at; whatever the answer, the plan is made anew where nothing was written. */
function useDeed({ target, choice, plan, onStale }: Undone) {
  const { client } = useSteward()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (reason: string) => {
      if (plan === undefined) throw new Error('There is no plan that somebody could have looked at.')
      return revertForGood(client, { target, choice, plan, reason })
    },
    onSuccess: async ({ applied }) => {
      if (!applied) onStale()
      else await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'revert' })
    },
    onError: async () => {
      await queries.invalidateQueries({ queryKey: ['trail', 'revert'] })
    },
  })
}

type Doing = { answer: RevertAnswer | undefined; isBusy: boolean; isWaiting: boolean }

function DoButton({ answer, isBusy, isWaiting }: Doing) {
  const words = useWords(revertWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  if (answer === undefined) return null
  const { rows } = answer.plan
  const summary = summaryOf(rows, meta, language)
  return (
    <DangerButton isBusy={isBusy} isDisabled={rows.length === 0 || isWaiting}>
      {rows.length === 0 ? words.nothingToDo : words.doIt({ summary })}
    </DangerButton>
  )
}
