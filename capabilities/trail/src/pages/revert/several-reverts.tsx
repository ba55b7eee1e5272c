// Several reverts: each operation of a procedure in a period is planned, and the chosen ones are reverted one after another.
import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import {
  DangerButton,
  EmptyState,
  Loaded,
  Moment,
  PageHeader,
  ReasonField,
  summaryOf,
  useLanguage,
  useMeta,
  useSteward,
  useWords,
} from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListedOperation, OperationsAnswer } from '../answers.ts'
import { planOutcome } from './plan-outcome.ts'
import type { RevertTarget } from './revert-target.ts'
import { revertWords } from './revert-words.ts'
import { SeveralTable } from './several-table.tsx'
import { usePlans } from './use-plans.ts'
import { useSeveralDeeds } from './use-several-deeds.ts'

type Period = Extract<RevertTarget, { kind: 'several' }>

const most = 100

/** `/trail/revert?procedure=…&from=…&to=…` */
export function SeveralReverts({ procedure, from, to }: Period) {
  const words = useWords(revertWords)
  const { client } = useSteward()
  const operations = useQuery({
    queryKey: ['trail', 'several', procedure, from, to],
    queryFn: ({ signal }) =>
      client.ask<OperationsAnswer>('/trail/operations', { query: { procedure, from, to, limit: most }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  return (
    <Stack gap="md">
      <PageHeader
        path={[{ label: words.trail, to: '/trail' }]}
        title={words.revertSeveral({ procedure })}
        detail={
          <Group gap="xs">
            <Moment at={from} />–<Moment at={to} />
          </Group>
        }
      />
      <Text size="sm">{words.severalDetail}</Text>
      <Loaded query={operations}>
        {({ operations: found, next }) => (
          <>
            {next !== null && <Text size="sm">{words.severalTooMany({ most })}</Text>}
            {found.length === 0 ? <EmptyState title={words.noneFound} /> : <Several operations={found} />}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function Several({ operations }: { operations: readonly ListedOperation[] }) {
  const words = useWords(revertWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const { plans, planned, planAnew } = usePlans(operations)
  const [unchosen, setUnchosen] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [isReasonMissing, setReasonMissing] = useState(false)
  const { deeds, isWorking, revertAll } = useSeveralDeeds()
  const ready = operations.flatMap((operation) => {
    const plan = plans.get(operation.id)?.data
    const isReady = plan !== undefined && planOutcome(plan) === 'ready' && deeds.get(operation.id)?.state !== 'done'
    return isReady && !unchosen.has(operation.id) ? [{ operation, plan }] : []
  })
  const done = [...deeds.values()].filter(({ state }) => state === 'done').length
  const rows = ready.flatMap(({ plan }) => plan.plan.rows)
  const submit = () => {
    setReasonMissing(reason.trim() === '')
    if (reason.trim() !== '') void revertAll(ready, reason.trim())
  }
  return (
    <form noValidate onSubmit={(event) => (event.preventDefault(), submit())}>
      <Stack gap="md">
        <Text size="sm" role="status">
          {planned < operations.length
            ? words.planningSeveral({ planned, all: operations.length })
            : words.chosen({ count: ready.length })}
          {deeds.size > 0 && ` · ${words.progress({ done, all: deeds.size })}`}
        </Text>
        <SeveralTable
          operations={operations}
          plans={plans}
          deeds={deeds}
          chosen={new Set(ready.map(({ operation }) => operation.id))}
          onChoose={(chosen) =>
            setUnchosen(new Set(operations.filter(({ id }) => !chosen.has(id)).map(({ id }) => id)))
          }
        />
        <ReasonField
          value={reason}
          onChange={setReason}
          isRequired
          error={isReasonMissing && reason.trim() === '' ? words.reasonMissing : null}
        />
        <Group justify="flex-end">
          {done > 0 && !isWorking && <PlanAnew onPlan={planAnew} />}
          <DangerButton isBusy={isWorking} isDisabled={ready.length === 0 || planned < operations.length}>
            {ready.length === 0
              ? words.nothingToDo
              : words.doSeveral({
                  operations: ready.length,
                  summary: summaryOf(rows, meta, language),
                })}
          </DangerButton>
        </Group>
      </Stack>
    </form>
  )
}

function PlanAnew({ onPlan }: { onPlan: () => void }) {
  const words = useWords(revertWords)
  return (
    <Tooltip label={words.planAnewHint} multiline maw={280}>
      <Button variant="default" onClick={onPlan}>
        {words.planAnew}
      </Button>
    </Tooltip>
  )
}
