// The rows that a client sends, as rows of SQL.
import { quoteIdentifier } from '@steward/postgres'
import type { CacheColumn } from '../../catalog/schema-cache.ts'
import type { WritePlan } from '../plan-tree.ts'
import { quoteColumn, type Statement } from './statement.ts'

/** What the sent rows are called beside the table that is written. */
export const payloadAlias = 'steward payload'
const memberAlias = 'steward member'

/** `one` takes the first row of a list: an update has one set of values. */
export type PayloadShape = { columns: CacheColumn[]; takes: 'all' | 'one' }

/** The sent rows behind FROM, their columns in the types of the table. */
export function writePayload(statement: Statement, write: WritePlan, { columns, takes }: PayloadShape): string {
  const { payload, hasDefaults } = write
  const sent = statement.bind(payload.text)
  const row = ` AS ${quoteIdentifier(payloadAlias)}(${columns.map(writeDefinition).join(', ')})`
  if (!payload.isArray) return fromOne(sent, row, hasDefaults)
  if (takes === 'one') return fromOne(`${sent}::json -> 0`, row, hasDefaults)
  if (!hasDefaults) return `json_to_recordset(${sent})${row}`
  const member = quoteIdentifier(memberAlias)
  return `json_array_elements(${sent}) AS ${member}(sent), json_to_record(${member}.sent)${row}`
}

function fromOne(value: string, row: string, hasDefaults: boolean): string {
  if (!hasDefaults) return `json_to_record(${value})${row}`
  const member = quoteIdentifier(memberAlias)
  return `(SELECT (${value})::json AS sent) AS ${member}, json_to_record(${member}.sent)${row}`
}

function writeDefinition({ name, type }: CacheColumn): string {
  return `${quoteIdentifier(name)} ${type}`
}

/** What a sent row has for a column, or the column's default where the row does not name it. */
export function writeSentValue(statement: Statement, { hasDefaults }: WritePlan, column: CacheColumn): string {
  const value = quoteColumn(payloadAlias, column.name)
  if (!hasDefaults || column.default === null) return value
  const sent = `${quoteIdentifier(memberAlias)}.sent -> ${statement.bindKey(column.name)}`
  return `CASE WHEN (${sent}) IS NULL THEN ${column.default} ELSE ${value} END`
}
