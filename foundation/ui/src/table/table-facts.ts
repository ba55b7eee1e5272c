// What a table is made of.
import type { ReactNode } from 'react'

/** A column of a table. */
export type TableColumn<Row> = {
  id: string
  header: ReactNode
  render: (row: Row) => ReactNode
  /** `right` for numbers. */
  align?: 'left' | 'right' | 'center' | undefined
  /** In pixels; as wide as its values need unless given. */
  width?: number | undefined
  /** Which way the rows stand in its order; null where they do not. */
  order?: 'ascending' | 'descending' | null | undefined
  /** Makes the header a button. */
  onOrder?: (() => void) | undefined
}

/** Which rows are chosen, by their keys. */
export type TableSelection = {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
}

/** What a table is made of. */
export type DataTableProps<Row> = {
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Names the table for those who hear it. */
  label?: string | undefined
  /** Enter or a click on a row. */
  onOpen?: ((row: Row) => void) | undefined
  /** Where a row leads: its first column becomes a link, so that it can be opened in another tab. */
  linkOf?: ((row: Row) => string | null) | undefined
  selection?: TableSelection | undefined
  /** Rows of 32 px (unless false: 40). */
  isDense?: boolean | undefined
  /** Below the rows: "load more", "complete". */
  footer?: ReactNode
}
