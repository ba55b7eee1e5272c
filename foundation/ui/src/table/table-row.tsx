// A row of a table.
import type { ReactNode } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { PageLink } from '../page/page-link.tsx'
import { Choosing } from './choosing.tsx'
import classes from './data-table.module.css'
import type { DataTableProps } from './table-facts.ts'
import { tableWords } from './table-words.ts'
import type { RowState } from './use-rows.ts'

type Given<Row> = { given: DataTableProps<Row>; state: RowState; row: Row; at: number }

/** A row: the focus is on one of them, and goes with the keyboard. */
export function TableRow<Row>({ given, state, row, at }: Given<Row>) {
  const words = useWords(tableWords)
  const { columns, selection, onOpen, linkOf } = given
  const isChosen = state.isChosen(at)
  return (
    <tr
      className={classes.row}
      data-row={at}
      aria-rowindex={at + 2}
      tabIndex={state.active === at ? 0 : -1}
      data-opens={onOpen !== undefined || undefined}
      {...(selection === undefined ? {} : { 'aria-selected': isChosen })}
      onKeyDown={(event) => state.onKeyDown(at, event)}
      onClick={(event) => state.onClick(at, event)}
      onFocus={(event) => event.target === event.currentTarget && state.onFocus(at)}
    >
      {selection !== undefined && (
        <td className={classes.choosing}>
          <Choosing label={words.chooseRow} isChosen={isChosen} onChoose={(isRange) => state.choose(at, isRange)} />
        </td>
      )}
      {columns.map(({ id, render, align = 'left' }, index) => (
        <td key={id} data-align={align}>
          {index === 0 ? <FirstCell link={linkOf?.(row) ?? null}>{render(row)}</FirstCell> : render(row)}
        </td>
      ))}
    </tr>
  )
}

/** What leads to the row is a link, so that it opens in another tab as any other. */
export function FirstCell({ link, children }: { link: string | null; children: ReactNode }) {
  if (link === null) return children
  return (
    <PageLink to={link} className={classes.link}>
      {children}
    </PageLink>
  )
}
