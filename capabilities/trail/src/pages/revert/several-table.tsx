// The operations that could be reverted together: what each revert would do, and how far it has come.
import { Text } from '@mantine/core'
import {
  ActorName,
  DataTable,
  ErrorNotice,
  Moment,
  operationPath,
  PageLink,
  ProcedureName,
  revertPath,
  useLanguage,
  useMeta,
  useWords,
} from '@steward/ui'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ListedOperation, RevertAnswer } from '../answers.ts'
import { operationWords } from '../operation/operation-words.ts'
import { planOutcome } from './plan-outcome.ts'
import { planSentence } from './plan-sentence.ts'
import { revertWords } from './revert-words.ts'
import type { Deed } from './use-several-deeds.ts'

type Given = {
  operations: readonly ListedOperation[]
  plans: ReadonlyMap<string, UseQueryResult<RevertAnswer>>
  deeds: ReadonlyMap<string, Deed>
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}

/** A row an operation, newest first; only what can be reverted as it is can be chosen. */
export function SeveralTable({ operations, plans, deeds, chosen, onChoose }: Given) {
  const words = useWords(revertWords)
  const shared = useWords(operationWords)
  const areOfOne = new Set(operations.map(({ procedure }) => procedure)).size < 2
  return (
    <DataTable
      label={shared.changes}
      rows={operations}
      rowKey={({ id }) => id}
      isDense={false}
      selection={{ selected: chosen, onChange: onChoose }}
      columns={[
        {
          id: 'when',
          header: shared.when,
          render: ({ id, at }) => (
            <PageLink to={operationPath(id)}>
              <Moment at={at} />
            </PageLink>
          ),
        },
        { id: 'who', header: shared.who, render: ({ actor }) => <ActorName actor={actor} /> },
        ...(areOfOne
          ? []
          : [
              {
                id: 'procedure',
                header: shared.procedure,
                render: ({ procedure }: ListedOperation) => <ProcedureName procedure={procedure} />,
              },
            ]),
        { id: 'plan', header: words.plan, render: ({ id }) => <PlanOf id={id} plan={plans.get(id)} /> },
        { id: 'state', header: words.state, render: ({ id }) => <StateOf deed={deeds.get(id)} /> },
      ]}
    />
  )
}

function PlanOf({ id, plan }: { id: string; plan: UseQueryResult<RevertAnswer> | undefined }) {
  const words = useWords(revertWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  if (plan?.isError === true) return <ErrorNotice error={plan.error} />
  if (plan?.data === undefined) return <Text size="sm" c="dimmed" span children="…" />
  const outcome = planOutcome(plan.data)
  if (outcome === 'empty') return <Text size="sm" c="dimmed" span children={words.isEmpty} />
  if (outcome === 'ready') return planSentence(plan.data, meta, language)
  return <PageLink to={revertPath(id)}>{words.conflicted({ count: plan.data.plan.conflicts.length })}</PageLink>
}

function StateOf({ deed }: { deed: Deed | undefined }) {
  const words = useWords(revertWords)
  if (deed === undefined) return null
  if (deed.state === 'refused') {
    return (
      <>
        <Text size="sm" c="red" span children={words.refused} />
        <ErrorNotice error={deed.error} />
      </>
    )
  }
  if (deed.state === 'done') {
    return deed.operation === null ? (
      words.isEmpty
    ) : (
      <PageLink to={operationPath(deed.operation.id)}>{words.reverted}</PageLink>
    )
  }
  return deed.state === 'working' ? words.working : words.waiting
}
