// A table of records or anything else: dense, by keyboard, with a selection; cards on a phone.
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { CardList } from './card-list.tsx'
import classes from './data-table.module.css'
import type { DataTableProps } from './table-facts.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { type RowState, useRows } from './use-rows.ts'

export type { DataTableProps, TableColumn, TableSelection } from './table-facts.ts'

/** From here on rows are drawn only where they can be seen. */
const manyRows = 200

/**
 * A table with rows of 32 px: `j` `k` (or the arrows) go through them, Enter opens, `x` chooses; shift chooses a range. It scrolls in its own box
 * under its header. More than two hundred rows are drawn only where they can be seen; on a phone each row is a card.
 *
 * @example
 * <DataTable columns={columns} rows={orders} rowKey={({ id }) => id} onOpen={({ id }) => go(recordPath('orders', [id]))} />
 */
export function DataTable<Row>(given: DataTableProps<Row>) {
  const isPhone = useMediaQuery('(max-width: 600px)', false, { getInitialValueInEffect: false })
  const box = useRef<HTMLDivElement>(null)
  const state = useRows(given, box)
  return (
    <div className={classes.whole} ref={box}>
      {isPhone ? <CardList given={given} state={state} /> : <Rows given={given} state={state} />}
      {given.footer !== undefined && <div className={classes.footer}>{given.footer}</div>}
    </div>
  )
}

function Rows<Row>({ given, state }: { given: DataTableProps<Row>; state: RowState }) {
  const { columns, rows, rowKey, label, selection, isDense = true } = given
  const scroller = useRef<HTMLDivElement>(null)
  const isLong = rows.length > manyRows
  const height = isDense ? 32 : 40
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: isLong,
    estimateSize: () => height,
    getScrollElement: () => scroller.current,
    overscan: 16,
  })
  const items = isLong ? virtual.getVirtualItems() : []
  const [start, end] = isLong ? [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1] : [0, rows.length]
  const width = columns.length + (selection === undefined ? 0 : 1)
  return (
    <div className={classes.scroller} ref={scroller} data-long={isLong || undefined}>
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-dense={isDense || undefined}
      >
        <TableHead given={given} state={state} />
        <tbody>
          <Spacer height={start * height} width={width} />
          {rows.slice(start, end).map((row, at) => (
            <TableRow key={rowKey(row)} given={given} state={state} row={row} at={start + at} />
          ))}
          <Spacer height={(rows.length - end) * height} width={width} />
        </tbody>
      </table>
    </div>
  )
}

/** Stands for the rows that are not drawn. */
function Spacer({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}
