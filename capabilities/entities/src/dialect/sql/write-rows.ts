// Reading as SQL: a SELECT for rows and, joined to it, one for each embed.
import { quoteIdentifier } from '@steward/postgres'
import type { EmbedPlan, RowsPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import { hasOwnRow, nameSpread, rowColumn, writeOutputs, writeSelectList } from './write-columns.ts'
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
  const from = writeSource(rows) + (embed ? writeJunction(embed) : '')
  const joins = rows.embeds.map((inner) => writeLateral(statement, inner)).join('')
  const where = writeWhere(statement, rows, rows.where, embed ? writeKeyJoin(embed) : [])
  return ` FROM ${from}${joins}${where}${grouping}${writeOrder(statement, rows)}${writeRange(statement, range)}`
}

/** What stands first behind FROM. */
export function writeSource({ source, alias }: RowsPlan): string {
  const named = ` AS ${quoteIdentifier(alias)}`
  if (source.kind === 'statement') return quoteIdentifier(source.name) + named
  if (source.kind === 'computed') return `${quoteName(source.function)}(${writeRow(source.origin)})${named}`
  return quoteName(source.table) + (source.table.name === alias ? '' : named)
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
  const lists = columns.flatMap(({ column }) =>
    column === null ? [] : [`json_agg(${quoteColumn(embed.list, column)}) AS ${quoteIdentifier(column)}`],
  )
  const there = `bool_or(TRUE) AS ${quoteIdentifier(thereColumn)}`
  return `SELECT ${[...lists, there].join(', ')} FROM (${rows}) AS ${quoteIdentifier(embed.list)}`
}

function writeSpreadColumns(statement: Statement, embed: EmbedPlan): { column: string | null; text: string }[] {
  const outputs = writeOutputs(statement, embed.rows, { isGrouped: false, isSpread: true })
  return nameSpread(outputs).map(({ column, output: { value } }) => {
    if (column === null) return { column, text: value }
    return { column, text: `${value === '*' ? '1' : value} AS ${quoteIdentifier(column)}` }
  })
}

function writeOrderFields(statement: Statement, { orderFields, rows }: EmbedPlan): string[] {
  return orderFields.map(({ column, field }) => `${writeField(statement, rows, field)} AS ${quoteIdentifier(column)}`)
}
