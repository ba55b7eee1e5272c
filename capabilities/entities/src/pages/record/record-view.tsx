// A record that was asked for, as it stands: there, gone with its last state in the trail, or never known.
import type { Change, MetaEntity, Values } from '@steward/sdk'
import {
  EmptyState,
  entityPath,
  LoadingPage,
  PageHeader,
  PageLink,
  Place,
  usePhrase,
  useTitle,
  useWords,
} from '@steward/ui'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { AsItWas } from './as-it-was.tsx'
import { GoneBanner } from './gone-banner.tsx'
import type { ReadRecord } from './read-record.ts'
import classes from './record.module.css'
import { RecordButtons } from './record-buttons.tsx'
import { RecordFields } from './record-fields.tsx'
import { RecordPanels } from './record-panels.tsx'
import { recordTitle } from './record-title.ts'
import { recordWords } from './record-words.ts'
import { RelatedRecords } from './related-records.tsx'
import { RelatedSummary } from './related-summary.tsx'
import { StateSentence } from './state-sentence.tsx'
import { usePanel } from './use-panel.ts'

type Given = {
  entity: MetaEntity
  recordKey: Values
  found: ReadRecord | null
  last: UseQueryResult<Change | null>
}

/** The record with its timeline; what is gone as it was last. */
export function RecordView({ entity, recordKey, found, last }: Given) {
  const words = useWords(recordWords)
  const say = usePhrase()
  const [then, setThen] = useState<{ record: Values | null; asOf: string } | null>(null)
  const panel = usePanel()
  const change = last.data ?? null
  const isGone = found === null && (change?.kind === 'delete' || change?.kind === 'truncate')
  const record = found?.record ?? (isGone ? (change?.before ?? null) : null)
  const { title, detail } = recordTitle(entity, recordKey, record)
  const label = say(entity.label)
  useTitle(`${title} · ${label}`)
  const path = [
    { label: words.path, to: '/entities' },
    { label, to: entityPath(entity.entity) },
  ]
  if (found === null && last.isPending) return <LoadingPage />
  if (record === null) return <NotThere {...{ entity, path, title, change }} />
  const subject = { entity, recordKey, record: found?.record ?? null }
  return (
    <>
      <PageHeader
        title={
          detail === null ? (
            title
          ) : (
            <>
              {title} <span className={classes['keyText']}>{detail}</span>
            </>
          )
        }
        path={path}
        detail={
          <>
            <StateSentence entity={entity} record={record} last={change} />
            <RelatedSummary entity={entity} recordKey={recordKey} record={record} />
          </>
        }
        actions={<RecordButtons {...subject} shown={record} panel={panel} />}
      />
      <div className={classes['columns']}>
        <div className={classes['left']}>
          {isGone && change !== null && <GoneBanner change={change} />}
          {then === null ? (
            <RecordFields
              entity={entity}
              record={record}
              now={null}
              onEdit={found !== null && entity.writes.includes('update') ? panel.edit : null}
            />
          ) : (
            <AsItWas entity={entity} then={then} now={found?.record ?? null} onBack={() => setThen(null)} />
          )}
          <RelatedRecords entity={entity} recordKey={recordKey} record={record} />
        </div>
        <div className={classes['right']}>
          <Place name="record.timeline" given={{ ...subject, onLookBack: setThen }} />
        </div>
      </div>
      {found !== null && <RecordPanels {...{ entity, recordKey, found, panel }} />}
    </>
  )
}

type NotThereGiven = {
  entity: MetaEntity
  path: { label: string; to: string }[]
  title: string
  change: Change | null
}

function NotThere({ entity, path, title, change }: NotThereGiven) {
  const words = useWords(recordWords)
  const text =
    change !== null ? words.hiddenText : entity.isTracked === true ? words.notFoundText : words.notFoundUntracked
  return (
    <>
      <PageHeader title={title} path={path} />
      <EmptyState title={words.notFound} action={<PageLink to={entityPath(entity.entity)}>{words.toList}</PageLink>}>
        {text}
      </EmptyState>
    </>
  )
}
