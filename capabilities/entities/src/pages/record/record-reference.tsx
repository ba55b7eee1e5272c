// A reference to another record, by the name that people call it by.
import { type MetaColumn, unwrap, type Values } from '@steward/sdk'
import { RecordLink, useEntity, useSteward, Value } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { quoteName } from '../filter/dialect-text.ts'
import { listen, tableOf } from './select-record.ts'
import { nameOf, valueText } from './value-text.ts'

/** The record that a value refers to, as a link; its value alone where it is not there, or not shown. */
export function RecordReference({ column, value }: { column: MetaColumn; value: unknown }) {
  const { client } = useSteward()
  const target = useEntity(column.references?.entity ?? '')
  const text = valueText(value, column)
  const { data } = useQuery({
    queryKey: ['records', target?.entity, 'title', column.references?.column, text],
    enabled: target != null && text !== null && target.key.length > 0,
    staleTime: 30_000,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      if (target == null || text === null || column.references === null) return null
      const names = [...new Set([...target.key, ...(target.title === null ? [] : [target.title])])]
      const rows = await unwrap(
        tableOf(listen(client).client, target)
          .select(names.map(quoteName).join(','))
          .eq(quoteName(column.references.column), text)
          .limit(1)
          .abortSignal(signal),
      )
      return (rows as unknown as Values[])[0] ?? null
    },
  })
  if (target == null || data == null || value == null) return <Value value={value} column={column} />
  const title = target.title === null || target.key.includes(target.title) ? null : data[target.title]
  return <RecordLink entity={target.entity} recordKey={data} label={title == null ? null : nameOf(title)} />
}
