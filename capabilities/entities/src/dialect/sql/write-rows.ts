// Reading as SQL: a SELECT for rows and, joined to it, one for each embed.
import { quoteIdentifier } from '@steward/postgres'
import { isHeldBack } from '../../visibility/see-table.ts'
import { writeSeenOf, writeSeenRows } from '../../visibility/write-seen-rows.ts'
import type { EmbedPlan, RowsPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import {
  hasOwnRow,
  nameSpread,
  type Output,
  rowColumn,
  writeOutputs,
  writeSelectList,
  writeShown,
} from './write-columns.ts'
import { writeField, writeRow } from './write-field.ts'
import { writeWhere } from './write-filter.ts'
import { writeJunction, writeKeyJoin } from './write-join.ts'
import { writeOrder, writeRange } from './write-order.ts'
import { listColumn, thereColumn, writePresence } from './write-presence.ts'

/** The SELECT of rows with everything that is embedded in them. */
export function writeRows(statement: Statement, rows: RowsPlan): string {
  const { list, grouping } = writeSelectList(statement, rows)
  return `SELECT ${list}${writeBehindSelect(statement, rows, { grouping })}`
}

type Behind = { grouping?: string; embed?: EmbedPlan; range?: RowsPlan['range'] }

/** FROM and all that follows. `embed` says how the rows hang on those around them. */
function writeBehindSelect(
  statement: Statement,
  rows: RowsPlan,
  { grouping = '', embed, range = rows.range }: Behind,
): string {
  const from = writeSource(statement, rows) + (embed ? writeJunction(statement, embed) : '')
  const joins = rows.embeds.map((inner) => writeLateral(statement, inner)).join('')
  const where = writeWhere(statement, rows, rows.where, embed ? writeKeyJoin(embed) : [])
  return ` FROM ${from}${joins}${where}${grouping}${writeOrder(statement, rows)}${writeRange(statement, range)}`
}

/** What stands first behind FROM. */
export function writeSource(statement: Statement, { source, alias, seen }: RowsPlan): string {
  const named = ` AS ${quoteIdentifier(alias)}`
  if (source.kind === 'table') {
    if (seen) return writeSeenRows(statement, seen, alias)
    return quoteName(source.table) + (source.table.name === alias ? '' : named)
  }
  const from =
    source.kind === 'statement'
      ? quoteIdentifier(source.name)
      : `${quoteName(source.function)}(${writeRow(source.origin)})`
  if (!seen || !isHeldBack(seen)) return from + named
  // What was written fits the filter, or nothing is kept of it.
  if (source.kind === 'computed' || source.name === 'called') {
    return writeSeenOf(statement, { seen, from, isFiltered: true }) + named
  }
  return writeSeenOf(statement, { seen, from, isFiltered: false, columns: source.columns }) + named
}

/** An embed joined to the rows around it: one row each, or one list each. */
export function writeLateral(statement: Statement, embed: EmbedPlan): string {
  const join = embed.join === 'inner' ? 'INNER JOIN' : 'LEFT JOIN'
  const condition = embed.join === 'inner' && !embed.isToOne ? writePresence(embed, true) : 'TRUE'
  return ` ${join} LATERAL (${writeEmbed(statement, embed)}) AS ${quoteIdentifier(embed.lateral)} ON ${condition}`
}

function writeEmbed(statement: Statement, embed: EmbedPlan): string {
  if (embed.isEmpty) return writeEmpty(statement, embed)
  if (embed.isSpread) return embed.isToOne ? writeSpreadRow(statement, embed) : writeSpreadList(statement, embed)
  return embed.isToOne ? writeToOne(statement, embed) : writeList(statement, embed)
}

/** Nothing of it is shown: that there is one row is enough. */
function writeEmpty(statement: Statement, embed: EmbedPlan): string {
  const { rows, isToOne } = embed
  const { offset, limit } = rows.range
  const range = isToOne ? rows.range : { offset, limit: Math.min(limit ?? 1, 1) }
  const columns = [`1 AS ${quoteIdentifier(thereColumn)}`, ...writeOrderFields(statement, embed)]
  return `SELECT ${columns.join(', ')}${writeBehindSelect(statement, rows, { embed, range })}`
}

function writeToOne(statement: Statement, embed: EmbedPlan): string {
  const { list, grouping } = writeSelectList(statement, embed.rows)
  const behind = writeBehindSelect(statement, embed.rows, { grouping, embed })
  if (!hasOwnRow(embed)) return `SELECT ${list}${behind}`
  const shown = quoteIdentifier(embed.list)
  const row = `(SELECT row_to_json(${shown}.*) FROM (SELECT ${list}) AS ${shown}) AS ${quoteIdentifier(rowColumn)}`
  return `SELECT ${[row, ...writeOrderFields(statement, embed)].join(', ')}${behind}`
}

function writeList(statement: Statement, embed: EmbedPlan): string {
  const { list, grouping } = writeSelectList(statement, embed.rows)
  const rows = `SELECT ${list}${writeBehindSelect(statement, embed.rows, { grouping, embed })}`
  const member = quoteIdentifier(embed.list)
  return `SELECT json_agg(${member}.*) AS ${quoteIdentifier(listColumn)} FROM (${rows}) AS ${member}`
}

function writeSpreadRow(statement: Statement, embed: EmbedPlan): string {
  const columns = [
    ...writeSpreadColumns(statement, embed).map(({ text }) => text),
    ...writeOrderFields(statement, embed),
  ]
  return `SELECT ${columns.join(', ')}${writeBehindSelect(statement, embed.rows, { embed })}`
}

function writeSpreadList(statement: Statement, embed: EmbedPlan): string {
  const columns = writeSpreadColumns(statement, embed)
  const rows = `SELECT ${columns.map(({ text }) => text).join(', ')}${writeBehindSelect(statement, embed.rows, { embed })}`
  const lists = columns.flatMap(({ column, output }) =>
    column === null
      ? []
      : [`json_agg(${writeShown(quoteColumn(embed.list, column), output)}) AS ${quoteIdentifier(column)}`],
  )
  const there = `bool_or(TRUE) AS ${quoteIdentifier(thereColumn)}`
  return `SELECT ${[...lists, there].join(', ')} FROM (${rows}) AS ${quoteIdentifier(embed.list)}`
}

type SpreadColumn = { column: string | null; text: string; output: Output }

function writeSpreadColumns(statement: Statement, embed: EmbedPlan): SpreadColumn[] {
  const outputs = writeOutputs(statement, embed.rows, { isGrouped: false, isSpread: true })
  return nameSpread(outputs).map(({ column, output }) => {
    const { value } = output
    if (column === null) return { column, text: value, output }
    return { column, output, text: `${value === '*' ? '1' : value} AS ${quoteIdentifier(column)}` }
  })
}

function writeOrderFields(statement: Statement, { orderFields, rows }: EmbedPlan): string[] {
  return orderFields.map(({ column, field }) => `${writeField(statement, rows, field)} AS ${quoteIdentifier(column)}`)
}
