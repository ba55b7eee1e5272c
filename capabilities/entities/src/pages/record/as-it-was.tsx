// A record as it was at a moment that the timeline chose, with what is different now.
import { Button } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import { Moment, Section, useWords } from '@steward/ui'
import classes from './record.module.css'
import { RecordFields } from './record-fields.tsx'
import { recordWords } from './record-words.ts'
import { isSameValue } from './value-text.ts'

type Given = {
  entity: MetaEntity
  then: { record: Values | null; asOf: string }
  now: Values | null
  onBack: () => void
}

/** The fields as they were, below a banner that says so. */
export function AsItWas({ entity, then, now, onBack }: Given) {
  const words = useWords(recordWords)
  const { record, asOf } = then
  const count = record === null || now === null ? null : differences(entity, record, now)
  const banner = (
    <div className={classes['banner']} role="status">
      <span>
        {words.asItWas} <Moment at={asOf} />
      </span>
      {count !== null && <span>{words.differences({ count })}</span>}
      <span className={classes['bannerActions']}>
        <Button size="compact-sm" variant="default" onClick={onBack}>
          {words.backToNow}
        </Button>
      </span>
    </div>
  )
  if (record === null)
    return (
      <Section title={words.fields}>
        {banner}
        <p>{words.asItWasGone}</p>
      </Section>
    )
  return (
    <RecordFields entity={entity} record={record} now={now} onEdit={null}>
      {banner}
    </RecordFields>
  )
}

function differences({ columns }: MetaEntity, record: Values, now: Values): number {
  return columns.filter(
    (column) => column.masked === null && !isSameValue(record[column.name], now[column.name], column),
  ).length
}
