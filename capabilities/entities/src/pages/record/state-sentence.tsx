// The sentence at the top of a record: whose it is, and who last made what of it, when.
import { Text } from '@mantine/core'
import type { Change, MetaEntity, Values } from '@steward/sdk'
import { ActorName, Moment, operationPath, PageLink, usePhrase, useWords, Value } from '@steward/ui'
import type { ReactNode } from 'react'
import classes from './record.module.css'
import { RecordReference } from './record-reference.tsx'
import { recordWords } from './record-words.ts'
import { stateOf } from './state-of.ts'

/** `Acme · 김하나 · paid → deleted · yesterday 18:04`; what is not known is left out. */
export function StateSentence({
  entity,
  record,
  last,
}: {
  entity: MetaEntity
  record: Values | null
  last: Change | null
}) {
  const owner = entity.columns.find(({ references, name }) => references !== null && entity.list.includes(name))
  const parts: ReactNode[] = []
  if (owner !== undefined && record?.[owner.name] != null && owner.masked === null)
    parts.push(<RecordReference column={owner} value={record[owner.name]} />)
  if (last !== null) {
    parts.push(<ActorName actor={last.operation.actor} />)
    parts.push(
      <PageLink to={operationPath(last.operation.id)} className={classes['plainLink']}>
        <WhatHappened entity={entity} last={last} /> <Moment at={last.at} />
      </PageLink>,
    )
  }
  if (parts.length === 0) return null
  return (
    <p className={classes['sentence']}>
      {parts.map((part, place) => (
        <span key={place} className={classes['part']}>
          <span>{part}</span>
        </span>
      ))}
    </p>
  )
}

function WhatHappened({ entity, last }: { entity: MetaEntity; last: Change }) {
  const words = useWords(recordWords)
  const say = usePhrase()
  const state = stateOf(last, entity)
  // A record that a revert brought back is not a new one.
  if (state.kind === 'created') return last.operation['reverts'] == null ? words.created : words.broughtBack
  const { column, from } = state
  if (state.kind === 'deleted')
    return (
      <>
        {column !== null && (
          <>
            <Value value={from} column={column} isCompact /> →{' '}
          </>
        )}
        <Text span c="var(--mantine-color-error)" fw={600}>
          {words.deleted}
        </Text>
      </>
    )
  if (column === null) return words.changed
  return (
    <>
      {say(column.label)} <Value value={from} column={column} isCompact /> →{' '}
      <Value value={state.to} column={column} isCompact />
      {state.others > 0 && ` ${words.andOthers({ count: state.others })}`}
    </>
  )
}
