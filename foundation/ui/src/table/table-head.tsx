// The header of a table: what its columns are, and their order.
import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useWords } from '../language/language-provider.tsx'
import { Choosing } from './choosing.tsx'
import classes from './data-table.module.css'
import type { DataTableProps, TableColumn } from './table-facts.ts'
import { tableWords } from './table-words.ts'
import type { RowState } from './use-rows.ts'

/** The header, which stays while the rows go by. */
export function TableHead<Row>({ given, state }: { given: DataTableProps<Row>; state: RowState }) {
  const words = useWords(tableWords)
  const { columns, selection } = given
  return (
    <>
      <colgroup>
        {selection !== undefined && <col style={{ width: 36 }} />}
        {columns.map(({ id, width }) => (
          <col key={id} {...(width === undefined ? {} : { style: { width } })} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selection !== undefined && (
            <th className={classes.choosing} scope="col">
              <Choosing
                label={words.chooseAll}
                isChosen={state.areAllChosen}
                isMixed={state.areSomeChosen}
                onChoose={state.chooseAll}
              />
            </th>
          )}
          {columns.map((column) => (
            <Header key={column.id} column={column} />
          ))}
        </tr>
      </thead>
    </>
  )
}

function Header<Row>({ column }: { column: TableColumn<Row> }) {
  const { header, align = 'left', order, onOrder } = column
  const Arrow = order === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" data-align={align} {...(onOrder === undefined ? {} : { 'aria-sort': order ?? 'none' })}>
      {onOrder === undefined ? (
        header
      ) : (
        <UnstyledButton className={classes.order} onClick={onOrder} data-ordered={order != null || undefined}>
          {header}
          <Arrow size={12} className={classes.arrow} />
        </UnstyledButton>
      )}
    </th>
  )
}
