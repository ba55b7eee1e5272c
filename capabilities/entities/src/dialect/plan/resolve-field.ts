// Columns by the names that a request gives them.
import type { QualifiedName } from '@steward/postgres'
import type { SchemaCache } from '../../catalog/schema-cache.ts'
import type { Field, JsonStep } from '../dialect-request.ts'
import type { PlannedField, RowsPlan } from '../plan-tree.ts'

/** Looks a field up in the rows it is asked of: a column, or else a function of the row. */
export function resolveField(cache: SchemaCache, rows: Pick<RowsPlan, 'table' | 'type'>, field: Field): PlannedField {
  const column = rows.table?.columns.get(field.name)
  if (column) return { ...field, computedBy: null, type: column.baseType }
  const computed = rows.type && computedColumn(cache, rows.type, field.name)
  return { ...field, computedBy: computed?.function ?? null, type: computed?.type ?? null }
}

function computedColumn(cache: SchemaCache, table: QualifiedName, name: string) {
  return cache.computedColumns(table).get(name) ?? null
}

/** How the answer calls a field that has no alias: by the last key of its path, or else by its column. */
export function outputName(field: { name: string; path: JsonStep[] }): string {
  return field.path.findLast((step) => !step.isIndex)?.operand ?? field.name
}
