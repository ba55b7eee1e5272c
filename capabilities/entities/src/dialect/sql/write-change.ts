// Writing as SQL: the statement that stands first in WITH and gives back the rows that it wrote.
import { quoteIdentifier } from '@steward/postgres'
import { writeConditions } from '../../visibility/write-seen-rows.ts'
import type { Plan, WritePlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import { writeWhere } from './write-filter.ts'
import { payloadAlias, writePayload, writeSentValue } from './write-payload.ts'
import { writeMatch } from './write-version.ts'

/** The INSERT, UPDATE or DELETE of a plan. */
export function writeChange(statement: Statement, kind: Plan['kind'], write: WritePlan): string {
  if (kind === 'delete') return writeDelete(statement, write)
  return kind === 'update' ? writeUpdate(statement, write) : writeInsert(statement, kind, write)
}

/** The rows themselves, of which nothing is masked: what may be asked of them is decided when a write is planned. */
function rowsOf({ table }: WritePlan, alias: string) {
  return { source: { kind: 'table' as const, table }, alias, type: table, seen: null }
}

/** Which rows are meant, of those that may be reached. */
function writeMeant(statement: Statement, write: WritePlan): string {
  return writeWhere(statement, rowsOf(write, write.table.name), write.where, writeReached(statement, write))
}

/** What must hold of a row that is there for it to be changed, besides what the request asks. */
function writeReached(statement: Statement, write: WritePlan): string[] {
  const { table, rowFilter } = write
  return [...writeConditions(statement, table.name, rowFilter), ...writeMatch(statement, write)]
}

function writeInsert(statement: Statement, kind: Plan['kind'], write: WritePlan): string {
  const { table, columns } = write
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
  const into = `INSERT INTO ${quoteName(table)}`
  const rows = columns.length === 0 ? writeEmptyRows(write) : ` (${names}) ${writeSentRows(statement, kind, write)}`
  return into + rows + writeConflict(statement, write) + writeReturning(write)
}

/** Rows that name no column are made of defaults alone; no rows are no rows. */
function writeEmptyRows({ payload, table }: WritePlan): string {
  if (payload.rowCount === 1 || !payload.isArray) return ' DEFAULT VALUES'
  const [first] = table.columns.keys()
  if (payload.rowCount === 0 || first === undefined)
    return ` SELECT ${quoteName(table)}.* FROM ${quoteName(table)} WHERE FALSE`
  return ` (${quoteIdentifier(first)}) VALUES ${Array.from({ length: payload.rowCount }, () => '(DEFAULT)').join(', ')}`
}

function writeSentRows(statement: Statement, kind: Plan['kind'], write: WritePlan): string {
  const values = write.columns.map((column) => writeSentValue(statement, write, column)).join(', ')
  if (kind !== 'put')
    return `SELECT ${values} FROM ${writePayload(statement, write, { columns: write.columns, takes: 'all' })}`
  // The key stands in the filters too, and both must say the same.
  const keys = write.table.primaryKey.flatMap((name) => write.table.columns.get(name) ?? [])
  const columns = [...new Set([...write.columns, ...keys])]
  const where = writeWhere(statement, rowsOf(write, payloadAlias), write.where)
  return `SELECT ${values} FROM ${writePayload(statement, write, { columns, takes: 'all' })}${where}`
}

function writeConflict(statement: Statement, write: WritePlan): string {
  const { conflict, columns } = write
  if (!conflict) return ''
  const target = ` ON CONFLICT (${conflict.columns.map(quoteIdentifier).join(', ')})`
  if (conflict.resolution === 'ignore-duplicates' || columns.length === 0) return `${target} DO NOTHING`
  const values = columns.map(({ name }) => `${quoteIdentifier(name)} = ${quoteColumn('excluded', name)}`)
  // A row that may not be reached stays as it is, and counts as outside.
  const reached = writeReached(statement, write)
  const where = reached.length === 0 ? '' : ` WHERE ${reached.join(' AND ')}`
  return `${target} DO UPDATE SET ${values.join(', ')}${where}`
}

function writeUpdate(statement: Statement, write: WritePlan): string {
  const { table, columns } = write
  // SQL has no UPDATE that sets nothing; that nothing was changed is said by a table without rows.
  if (columns.length === 0) return `SELECT ${returnedColumns(write)} FROM ${quoteName(table)} WHERE FALSE`
  const values = columns.map(
    (column) => `${quoteIdentifier(column.name)} = ${writeSentValue(statement, write, column)}`,
  )
  const payload = writePayload(statement, write, { columns, takes: 'one' })
  const where = writeMeant(statement, write)
  return `UPDATE ${quoteName(table)} SET ${values.join(', ')} FROM ${payload}${where}${writeReturning(write)}`
}

function writeDelete(statement: Statement, write: WritePlan): string {
  const where = writeMeant(statement, write)
  return `DELETE FROM ${quoteName(write.table)}${where}${writeReturning(write)}`
}

function writeReturning(write: WritePlan): string {
  return ` RETURNING ${returnedColumns(write)}`
}

function returnedColumns({ returning, table }: WritePlan): string {
  if (returning === 'all') return `${quoteIdentifier(table.name)}.*`
  // Rows are counted even when nothing of them is needed.
  return returning.length === 0 ? '1' : returning.map((name) => quoteColumn(table.name, name)).join(', ')
}
