// Selecting as SQL: what stands in each row of the answer, and what rows are grouped by when something is aggregated.
import { quoteIdentifier } from '@steward/postgres'
import type { AggregateName } from '../dialect-request.ts'
import { isGrouped } from '../plan/plan-rows.ts'
import { textOfNumber, typeOfColumn } from '../plan/text-numbers.ts'
import type { EmbedPlan, PlannedColumn, RowsPlan } from '../plan-tree.ts'
import { quoteColumn, type Statement } from './statement.ts'
import { writeCast, writeField } from './write-field.ts'
import { listColumn, thereColumn } from './write-presence.ts'

/** One value in a row; without a name it is all columns at once. An aggregate is not yet around `value`. */
export type Output = {
  name: string | null
  value: string
  aggregate: { name: AggregateName; cast: string | null } | null
  /** The column's own name is the name: nothing needs to be said. */
  isBare: boolean
  /** What it leaves as, where that is another type: a number as text. */
  shownAs?: string | null | undefined
}

/** How the rows are used, which decides what stands in them. */
export type Setting = {
  /** Values are grouped by: JSON must be comparable. */
  isGrouped: boolean
  /** Each value goes its own way afterwards, so that "all columns" must be told apart. */
  isSpread: boolean
}

/** Everything that the rows show, in the order of the request. */
export function writeOutputs(statement: Statement, rows: RowsPlan, setting: Setting): Output[] {
  return rows.columns.flatMap((column) => writeOutput(statement, rows, column, setting))
}

/** The list behind SELECT, and GROUP BY where something is aggregated. */
export function writeSelectList(statement: Statement, rows: RowsPlan): { list: string; grouping: string } {
  const grouped = isGrouped(rows)
  const outputs = writeOutputs(statement, rows, { isGrouped: grouped, isSpread: false })
  const list = outputs.map((output) => {
    const { name, value, aggregate, isBare, shownAs } = output
    const whole = writeShown(aggregate ? writeAggregate(value, aggregate) : value, output)
    return name === null || (isBare && !aggregate && !shownAs) ? whole : `${whole} AS ${quoteIdentifier(name)}`
  })
  const groups = grouped ? new Set(outputs.filter(({ aggregate }) => !aggregate).map(({ value }) => value)) : []
  const grouping = [...groups]
  return { list: list.join(', '), grouping: grouping.length === 0 ? '' : ` GROUP BY ${grouping.join(', ')}` }
}

/** A value as it leaves. */
export function writeShown(value: string, { shownAs }: Pick<Output, 'shownAs'>): string {
  return shownAs ? `CAST(${value} AS ${shownAs})` : value
}

function writeAggregate(value: string, { name, cast }: NonNullable<Output['aggregate']>): string {
  const whole = `${name}(${value})`
  return cast === null ? whole : writeCast(whole, cast)
}

function writeOutput(statement: Statement, rows: RowsPlan, column: PlannedColumn, setting: Setting): Output[] {
  if (column.kind === 'star') return writeStar(rows, setting)
  if (column.kind === 'embed') return writeEmbedded(statement, column.embed, setting)
  const { field, cast, name, aggregateCast } = column
  const aggregate = column.aggregate && { name: column.aggregate, cast: aggregateCast }
  const shownAs = rows.hasTextNumbers ? textOfNumber(typeOfColumn(column)) : null
  if (!field) return [{ name, value: '*', aggregate, isBare: false, shownAs }]
  const value = writeField(statement, rows, field)
  const isBare = cast === null && field.path.length === 0 && !field.computedBy && field.name === name
  return [{ name, value: cast === null ? value : writeCast(value, cast), aggregate, isBare, shownAs }]
}

function writeStar(rows: RowsPlan, setting: Setting): Output[] {
  if ((setting.isGrouped || setting.isSpread || rows.hasTextNumbers) && rows.table) {
    return [...rows.table.columns.values()].map(({ name, baseType }) => ({
      ...plainOutput(name, quoteColumn(rows.alias, name), true),
      shownAs: rows.hasTextNumbers ? textOfNumber(baseType) : null,
    }))
  }
  return [plainOutput(null, `${quoteIdentifier(rows.alias)}.*`, true)]
}

function plainOutput(name: string | null, value: string, isBare = false): Output {
  return { name, value, aggregate: null, isBare }
}

function writeEmbedded(statement: Statement, embed: EmbedPlan, setting: Setting): Output[] {
  if (embed.isEmpty) return []
  if (embed.isSpread) return writeSpread(statement, embed, setting)
  const { lateral } = embed
  const comparable = setting.isGrouped ? '::jsonb' : ''
  if (!embed.isToOne) {
    return [plainOutput(embed.key, `coalesce(${quoteColumn(lateral, listColumn)}, '[]')${comparable}`)]
  }
  const row = hasOwnRow(embed) ? quoteColumn(lateral, rowColumn) : `row_to_json(${quoteIdentifier(lateral)}.*)`
  return [plainOutput(embed.key, row + comparable)]
}

/** What a join calls its row, where more stands beside it. */
export const rowColumn = 'row'

/** Columns that order the rows around it must not show in the row. */
export function hasOwnRow({ isToOne, isSpread, isEmpty, orderFields }: EmbedPlan): boolean {
  return isToOne && !isSpread && !isEmpty && orderFields.length > 0
}

/** The values of a spread embed, as the rows around it take them over from the join. */
function writeSpread(statement: Statement, embed: EmbedPlan, setting: Setting): Output[] {
  const comparable = setting.isGrouped ? '::jsonb' : ''
  return nameSpread(writeOutputs(statement, embed.rows, { isGrouped: false, isSpread: true })).map(
    ({ column, output }) => {
      if (column === null) return plainOutput(null, `${quoteIdentifier(embed.lateral)}.*`, true)
      const value = quoteColumn(embed.lateral, column)
      if (!embed.isToOne) return plainOutput(output.name, `coalesce(${value}, '[]')${comparable}`)
      const { name, aggregate, shownAs } = output
      // `count()` counts the rows that were found.
      return {
        name,
        value: output.value === '*' ? `${quoteIdentifier(embed.lateral)}.*` : value,
        aggregate,
        isBare: false,
        shownAs,
      }
    },
  )
}

/** What the join of a spread embed calls its columns: each name once. */
export function nameSpread(outputs: Output[]): { column: string | null; output: Output }[] {
  const names = new Set([thereColumn])
  return outputs.map((output) => {
    if (output.name === null) return { column: null, output }
    let column = output.name
    for (let number = 2; names.has(column); number += 1) column = `${output.name} ${number}`
    names.add(column)
    return { column, output }
  })
}
