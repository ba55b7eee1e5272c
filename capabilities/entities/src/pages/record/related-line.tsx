// A related record on one line: what it is called, and a few of its fields.
import type { MetaEntity, Values } from '@steward/sdk'
import { RecordLink, Value } from '@steward/ui'
import { selectedOf } from './read-related.ts'
import classes from './record.module.css'
import { nameOf } from './value-text.ts'

/** One line of a list of related records; `without` are columns that every one of them has in common. */
export function RelatedLine({ target, row, without }: { target: MetaEntity; row: Values; without: readonly string[] }) {
  const title = target.title === null || target.key.includes(target.title) ? null : row[target.title]
  const isTold = (name: string) => target.key.includes(name) || name === target.title || without.includes(name)
  const shown = target.key.length === 0 ? [] : selectedOf(target).filter((name) => !isTold(name) && row[name] != null)
  return (
    <li className={classes['relatedLine']}>
      <RecordLink entity={target.entity} recordKey={row} label={title == null ? null : nameOf(title)} />
      {shown.map((name) => (
        <span key={name} className={classes['relatedValue']}>
          <Value value={row[name]} column={target.columns.find((column) => column.name === name)} isCompact />
        </span>
      ))}
    </li>
  )
}
