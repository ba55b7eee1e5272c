// The page of one action: what it does, its input, exactly what would change, and who has done it before.

import { Group, Text } from '@mantine/core'
import type { Meta } from '@steward/sdk'
import {
  EmptyState,
  entityPath,
  Loaded,
  LoadingPage,
  PageHeader,
  PageLink,
  useMeta,
  usePhrase,
  useTitle,
  useWords,
} from '@steward/ui'
import { useParams } from '@tanstack/react-router'
import { ActionForm } from './action-form.tsx'
import { actionWords } from './action-words.ts'
import classes from './actions.module.css'
import { EffectBadge } from './effect-badge.tsx'
import { listActions } from './list-actions.ts'
import { PastPerformances } from './past-performances.tsx'

/** `/actions/$procedure` */
export default function ActionPage() {
  const { procedure = '' } = useParams({ strict: false }) as { procedure?: string }
  return (
    <Loaded query={useMeta()} loading={<LoadingPage />}>
      {(meta) => <ActionOf key={procedure} procedure={procedure} meta={meta} />}
    </Loaded>
  )
}

function ActionOf({ procedure, meta }: { procedure: string; meta: Meta }) {
  const words = useWords(actionWords)
  const say = usePhrase()
  const found = listActions(meta).find(({ action }) => action.procedure === procedure)
  useTitle(found?.action.summary ?? null)
  const path = [{ label: words.title, to: '/actions' }]
  if (found === undefined)
    return (
      <EmptyState title={words.notFound({ procedure })} action={<PageLink to="/actions">{words.title}</PageLink>}>
        {words.notFoundText}
      </EmptyState>
    )
  const { action, entity } = found
  return (
    <div className={classes['page']}>
      <PageHeader
        title={action.summary}
        path={path}
        detail={
          <Group gap={8}>
            <Text span size="sm" ff="monospace">
              {procedure}
            </Text>
            <EffectBadge effect={action.effect} />
            {entity !== null && <PageLink to={entityPath(entity.entity)}>{say(entity.label)}</PageLink>}
          </Group>
        }
      />
      {action.description !== null && <Text className={classes['docs']}>{action.description}</Text>}
      <ActionForm action={action} entity={entity} meta={meta} />
      <PastPerformances procedure={procedure} />
    </div>
  )
}
