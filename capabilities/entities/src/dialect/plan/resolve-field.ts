// Columns by the names that a request gives them.
import type { QualifiedName } from '@steward/postgres'
import type { SchemaCache } from '../../catalog/schema-cache.ts'
import { demandUsable } from '../../visibility/demand-usable.ts'
import type { Sight } from '../../visibility/sight.ts'
import type { Field, JsonStep } from '../dialect-request.ts'
import type { FieldRows, PlannedField } from '../plan-tree.ts'

/**
 * Looks a field up in the rows it is asked of: a column, or else a function of the row. `use` says in words what is done
 * with it, as `filtered by`; null where it is only shown.
 *
 * @throws ENTITIES_MASKED_COLUMN, ENTITIES_FUNCTION_NOT_ALLOWED, and 42703 where something is held back and nobody knows the name.
 */
export function resolveField(sight: Sight, rows: FieldRows, field: Field, use: string | null): PlannedField {
  const column = rows.table?.columns.get(field.name)
  const computed = column || !rows.type ? null : computedColumn(sight.whole, rows.type, field.name)
  const type = column?.baseType ?? computed?.type ?? null
  const found = { ...field, computedBy: computed?.function ?? null, type }
  demandUsable(sight, rows, { field: found, use })
  return found
}

function computedColumn(cache: SchemaCache, table: QualifiedName, name: string) {
  return cache.computedColumns(table).get(name) ?? null
}

/** How the answer calls a field that has no alias: by the last key of its path, or else by its column. */
export function outputName(field: { name: string; path: JsonStep[] }): string {
  return field.path.findLast((step) => !step.isIndex)?.operand ?? field.name
}
