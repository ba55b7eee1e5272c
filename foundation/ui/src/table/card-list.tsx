// The rows of a table as cards: for a phone.
import { useWords } from '../language/language-provider.tsx'
import { Choosing } from './choosing.tsx'
import classes from './data-table.module.css'
import type { DataTableProps } from './table-facts.ts'
import { FirstCell } from './table-row.tsx'
import { tableWords } from './table-words.ts'
import type { RowState } from './use-rows.ts'

/** A card a row: its first column is its head, the others stand below with their names. */
export function CardList<Row>({ given, state }: { given: DataTableProps<Row>; state: RowState }) {
  const words = useWords(tableWords)
  const { columns, rows, rowKey, selection, onOpen, linkOf, label } = given
  const [first, ...rest] = columns
  // A column without a header is what can be done with the row: it stands in the head.
  const others = rest.filter(({ header }) => header !== '')
  const deeds = rest.filter(({ header }) => header === '')
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row, at) => (
        <li
          key={rowKey(row)}
          className={classes.card}
          data-row={at}
          data-opens={onOpen !== undefined || undefined}
          data-chosen={state.isChosen(at) || undefined}
          tabIndex={-1}
          onClick={(event) => state.onClick(at, event)}
        >
          <div className={classes.cardHead}>
            <span className={classes.cardTitle}>
              {first !== undefined && <FirstCell link={linkOf?.(row) ?? null}>{first.render(row)}</FirstCell>}
            </span>
            {deeds.map(({ id, render }) => (
              <span key={id}>{render(row)}</span>
            ))}
            {selection !== undefined && (
              <Choosing
                label={words.chooseRow}
                isChosen={state.isChosen(at)}
                onChoose={() => state.choose(at, false)}
              />
            )}
          </div>
          <dl className={classes.cardFields}>
            {others.map(({ id, header, render }) => (
              <div key={id} className={classes.cardField}>
                <dt>{header}</dt>
                <dd>{render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
