// Columns, ways into their JSON, and casts as SQL.
import { quoteIdentifier } from '@steward/postgres'
import { isHeldBack } from '../../visibility/see-table.ts'
import type { JsonStep } from '../dialect-request.ts'
import { unknownType } from '../plan/plan-errors.ts'
import type { PlannedField, RowsPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'

/** Rows as they are called in the statement. */
export type NamedRows = Pick<RowsPlan, 'alias' | 'source' | 'type' | 'seen'>

/** A field of these rows; in parentheses where operators could otherwise take it apart. */
export function writeField(statement: Statement, rows: NamedRows, field: PlannedField): string {
  const column = field.computedBy
    ? `${quoteName(field.computedBy)}(${writeRow(rows)})`
    : quoteColumn(rows.alias, field.name)
  if (field.path.length === 0) return column
  const json = field.type === 'json' || field.type === 'jsonb' ? column : `to_jsonb(${column})`
  return `(${json}${field.path.map((step) => writeStep(statement, step)).join('')})`
}

/** The whole row, as the functions of its table take it. */
export function writeRow({ alias, source, type, seen }: NamedRows): string {
  const row = `${quoteIdentifier(alias)}.*`
  // What a statement before this one gave has lost the name of its type, and so has what is held back from.
  const isNameless = source.kind === 'statement' || (seen !== null && isHeldBack(seen))
  return isNameless && type ? `(${row})::${quoteName(type)}` : row
}

function writeStep(statement: Statement, { operator, operand, isIndex }: JsonStep): string {
  return isIndex && isInteger(operand) ? `${operator}(${operand})` : `${operator}${statement.bindKey(operand)}`
}

/** What stands in the text must be a number that PostgreSQL takes for an integer. */
function isInteger(operand: string): boolean {
  return /^-?\d{1,9}$/.test(operand)
}

/**
 * A cast to a type that a client named.
 *
 * @throws DialectError 42704 for what is no name of a type.
 */
export function writeCast(value: string, type: string): string {
  return `CAST(${value} AS ${typeName(type)})`
}

const plainType = /^[A-Za-z_][A-Za-z0-9_ ]*(\(\d+(,\d+)?\))?(\[\])*$/
const qualifiedType = /^([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)((?:\[\])*)$/

function typeName(type: string): string {
  if (plainType.test(type)) return type
  const [, schema, name, brackets] = qualifiedType.exec(type) ?? []
  if (schema === undefined || name === undefined) throw unknownType(type)
  return `${quoteName({ schema, name })}${brackets}`
}
