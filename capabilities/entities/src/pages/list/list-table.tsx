// The records of a list, with heads that sort.
import { Loader, Stack } from '@mantine/core'
import type { MetaColumn, Values } from '@steward/sdk'
import {
  DataTable,
  EmptyState,
  ErrorNotice,
  keyParts,
  LoadingRows,
  recordPath,
  SubmitButton,
  type TableColumn,
  usePhrase,
  useWords,
} from '@steward/ui'
import { useNavigate } from '@tanstack/react-router'
import { isSortable, kindOf } from '../filter/column-kind.ts'
import { ListCell } from './list-cell.tsx'
import { usableKey } from './list-query.ts'
import { shownColumns } from './list-state.ts'
import classes from './list-table.module.css'
import { listWords } from './list-words.ts'
import { nextOrder, totalOrder } from './order.ts'
import { choose, type Selection } from './selection.ts'
import type { List } from './use-list.ts'

type Shown = { list: List; selection: Selection; onSelect: (selection: Selection) => void }

export function ListTable({ list, selection, onSelect }: Shown) {
  const { entity, state, query } = list
  const words = useWords(listWords)
  const say = usePhrase()
  const navigate = useNavigate()
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows rows={12} />
  const { rows } = query.data
  if (rows.length === 0) return <NothingThere list={list} />
  const key = usableKey(entity)
  const pathOf = (row: Values) => {
    const parts = keyParts(key, row)
    return parts === null ? null : recordPath(entity.entity, parts)
  }
  const rowKey = (row: Values) => pathOf(row) ?? `row ${rows.indexOf(row)}`
  const shown = new Map(rows.map((row) => [rowKey(row), Object.fromEntries(key.map((name) => [name, row[name]]))]))
  return (
    <div className={classes.records} data-refreshing={query.isPlaceholderData || undefined}>
      {query.isPlaceholderData && <Loader className={classes.loader} size="xs" aria-label={words.refreshing} />}
      <DataTable
        label={say(entity.label)}
        columns={shownColumns(state, entity).map((column) => tableColumn(column, { list, label: say(column.label) }))}
        rows={rows}
        rowKey={rowKey}
        {...(key.length === 0
          ? {}
          : {
              linkOf: pathOf,
              onOpen: (row: Values) => {
                const path = pathOf(row)
                if (path !== null) void navigate({ to: path })
              },
              selection: {
                selected: new Set((selection.matching === null ? selection.keys : shown).keys()),
                onChange: (selected: ReadonlySet<string>) => onSelect(choose(selection, shown, selected)),
              },
            })}
      />
    </div>
  )
}

function tableColumn(column: MetaColumn, { list, label }: { list: List; label: string }): TableColumn<Values> {
  const { entity, state, show } = list
  const [first] = totalOrder(state.order, { key: [...usableKey(entity)], columns: entity.columns })
  const isFirst = first?.column === column.name
  return {
    id: column.name,
    header: label,
    render: (row) => <ListCell row={row} column={column} />,
    align: kindOf(column) === 'number' && column.references === null && !column.isKey ? 'right' : 'left',
    order: isFirst ? (first.isDescending ? 'descending' : 'ascending') : null,
    ...(isSortable(column)
      ? { onOrder: () => show({ order: nextOrder(state.order, column.name, column.isNullable) }) }
      : {}),
  }
}

function NothingThere({ list: { entity, state, show } }: { list: List }) {
  const words = useWords(listWords)
  const say = usePhrase()
  const isWhole = state.filter.length === 0 && state.search === ''
  if (state.place !== null) {
    return (
      <EmptyState title={words.pageGone} action={<SubmitButton onClick={() => show({})}>{words.first}</SubmitButton>} />
    )
  }
  if (isWhole) return <EmptyState title={words.empty({ entity: say(entity.label) })}>{words.emptyNext}</EmptyState>
  return (
    <EmptyState
      title={words.noMatch}
      action={<SubmitButton onClick={() => show({ filter: [], search: '' })}>{words.clear}</SubmitButton>}
    >
      <Stack gap={0}>{words.noMatchNext}</Stack>
    </EmptyState>
  )
}
