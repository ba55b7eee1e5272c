// Writing as SQL: the statement that stands first in WITH and gives back the rows that it wrote.
import { quoteIdentifier } from '@steward/postgres'
import type { Plan, WritePlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import { writeWhere } from './write-filter.ts'
import { payloadAlias, writePayload, writeSentValue } from './write-payload.ts'

/** The INSERT, UPDATE or DELETE of a plan. */
export function writeChange(statement: Statement, kind: Plan['kind'], write: WritePlan): string {
  if (kind === 'delete') return writeDelete(statement, write)
  return kind === 'update' ? writeUpdate(statement, write) : writeInsert(statement, kind, write)
}

function targetOf({ table }: WritePlan) {
  return { source: { kind: 'table' as const, table }, alias: table.name, type: table }
}

function writeInsert(statement: Statement, kind: Plan['kind'], write: WritePlan): string {
  const { table, columns } = write
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
  const into = `INSERT INTO ${quoteName(table)}`
  const rows = columns.length === 0 ? writeEmptyRows(write) : ` (${names}) ${writeSentRows(statement, kind, write)}`
  return into + rows + writeConflict(write) + writeReturning(write)
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
  const sent = { source: { kind: 'table' as const, table: write.table }, alias: payloadAlias, type: write.table }
  const where = writeWhere(statement, sent, write.where)
  return `SELECT ${values} FROM ${writePayload(statement, write, { columns, takes: 'all' })}${where}`
}

function writeConflict({ conflict, columns }: WritePlan): string {
  if (!conflict) return ''
  const target = ` ON CONFLICT (${conflict.columns.map(quoteIdentifier).join(', ')})`
  if (conflict.resolution === 'ignore-duplicates' || columns.length === 0) return `${target} DO NOTHING`
  const values = columns.map(({ name }) => `${quoteIdentifier(name)} = ${quoteColumn('excluded', name)}`)
  return `${target} DO UPDATE SET ${values.join(', ')}`
}

function writeUpdate(statement: Statement, write: WritePlan): string {
  const { table, columns } = write
  // SQL has no UPDATE that sets nothing; that nothing was changed is said by a table without rows.
  if (columns.length === 0) return `SELECT ${returnedColumns(write)} FROM ${quoteName(table)} WHERE FALSE`
  const values = columns.map(
    (column) => `${quoteIdentifier(column.name)} = ${writeSentValue(statement, write, column)}`,
  )
  const payload = writePayload(statement, write, { columns, takes: 'one' })
  const where = writeWhere(statement, targetOf(write), write.where)
  return `UPDATE ${quoteName(table)} SET ${values.join(', ')} FROM ${payload}${where}${writeReturning(write)}`
}

function writeDelete(statement: Statement, write: WritePlan): string {
  const where = writeWhere(statement, targetOf(write), write.where)
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
