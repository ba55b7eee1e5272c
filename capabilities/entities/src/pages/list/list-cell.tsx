// A cell of a list: a value that looks like one, or the record that it refers to, by its title.
import type { MetaColumn, Values } from '@steward/sdk'
import { RecordLink, Value } from '@steward/ui'
import { titleField } from './list-query.ts'

/** One value of a record. */
export function ListCell({ row, column }: { row: Values; column: MetaColumn }) {
  const value = row[column.name]
  const { references } = column
  if (references === null || value == null || column.masked !== null)
    return <Value value={value} column={column} isListed />
  return (
    <RecordLink
      entity={references.entity}
      recordKey={{ [references.column]: value }}
      label={titleIn(row, column.name)}
    />
  )
}

function titleIn(row: Values, column: string): string | null {
  const embedded = row[titleField(column)]
  if (typeof embedded !== 'object' || embedded === null) return null
  const [title] = Object.values(embedded)
  return typeof title === 'string' && title !== '' ? title : null
}
