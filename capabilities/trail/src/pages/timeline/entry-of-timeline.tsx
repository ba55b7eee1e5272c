// One entry of the timeline: what the operation did to this record, and what can be done about it.
import { Anchor } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import { ChangedFields, TimelineEntry, useSteward, useWords } from '@steward/ui'
import { useState } from 'react'
import type { SeenChange } from '../answers.ts'
import { OperationBadges } from '../operation-badges.tsx'
import { AlsoChanged } from './also-changed.tsx'
import { EntryActions } from './entry-actions.tsx'
import { deedOf, type Entry, fieldsOf } from './group-entries.ts'
import styles from './timeline.module.css'
import { timelineWords } from './timeline-words.ts'

type Given = { entry: Entry; entity: MetaEntity; recordKey: Values; only: readonly string[] | undefined }

/** An entry: who, through what, why; its fields before and after; and what else the operation changed, when asked. */
export function EntryOfTimeline({ entry, entity, recordKey, only }: Given) {
  const words = useWords(timelineWords)
  const { may } = useSteward()
  const { operation, changes, revertedBy } = entry
  const deed = deedOf(entry)
  const isBack = operation['reverts'] != null
  const deeds = {
    insert: isBack ? words.broughtBack : words.created,
    update: undefined,
    delete: words.deleted,
    truncate: words.emptied,
  }
  return (
    <TimelineEntry
      operation={operation}
      summary={deeds[deed]}
      badges={
        <OperationBadges
          operation={operation}
          isImported={changes.some(({ imported }) => imported)}
          revertedBy={revertedBy}
        />
      }
      actions={<EntryActions entry={entry} entity={entity} recordKey={recordKey} />}
    >
      <div className={styles['entry']} data-entry={entry.id} tabIndex={-1}>
        {changes.map((change) => (
          <FieldsOfChange key={change.id} change={change} entity={entity} only={only} />
        ))}
        {may('trail:operation') && <AlsoChanged operation={operation} entity={entity} recordKey={recordKey} />}
      </div>
    </TimelineEntry>
  )
}

type Fields = { change: SeenChange; entity: MetaEntity; only: readonly string[] | undefined }

/** Of a record that came or went all fields are known: they unfold. */
function FieldsOfChange({ change, entity, only }: Fields) {
  const words = useWords(timelineWords)
  const [isOpen, setOpen] = useState(false)
  const fields = fieldsOf(change)
  const shown = <ChangedFields change={change} entity={entity} {...(only === undefined ? {} : { only })} />
  if (change.kind === 'update' || only !== undefined) return shown
  if (fields.length === 0) return null
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        ta="start"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? words.hideFields : words.showFields({ fields: fields.length })}
      </Anchor>
      {isOpen && shown}
    </>
  )
}
