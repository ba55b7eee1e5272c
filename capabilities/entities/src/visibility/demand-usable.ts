// What may be done with a column: nothing by which a value that is not shown could be found out.
import { formatEntity } from '@steward/postgres'
import { nearestByLikeness } from '../catalog/likeness.ts'
import { DialectError } from '../dialect/dialect-error.ts'
import type { Condition } from '../dialect/dialect-request.ts'
import type { FieldRows, PlannedField } from '../dialect/plan-tree.ts'
import { entitiesErrors } from '../errors.ts'
import type { SeenTable } from './see-table.ts'
import type { Sight } from './sight.ts'

/**
 * Lets a field be used, or refuses it. A function of the row may read anything, and so may a name that PostgreSQL would
 * take for one: where anything is held back at all, both have to be known.
 *
 * @throws ENTITIES_MASKED_COLUMN, ENTITIES_FUNCTION_NOT_ALLOWED, DialectError 42703
 */
export function demandUsable(
  sight: Sight,
  rows: FieldRows,
  { field, use }: { field: PlannedField; use: string | null },
): void {
  if (!sight.holdsBack) return
  if (use !== null) demandUnmasked(rows.seen, field.name, use)
  if (field.computedBy !== null) sight.demandFunction(field.computedBy)
  else if (rows.table !== null && !rows.table.columns.has(field.name) && field.name !== 'count') {
    throw columnUnknown(rows.table, field.name)
  }
}

/**
 * Refuses a masked column. `use` completes "cannot be …".
 *
 * @throws ENTITIES_MASKED_COLUMN
 */
export function demandUnmasked(seen: SeenTable | null, column: string, use: string): void {
  if (!seen?.masks.has(column)) return
  throw entitiesErrors.MASKED_COLUMN({ column, entity: formatEntity(seen.table), use })
}

/**
 * Refuses a pattern at which PostgreSQL only fails where a row begins as it does: it could be asked of rows that are not
 * shown, since nothing says in which order a statement's conditions are tried.
 *
 * @throws DialectError 22025
 */
export function demandHarmless({ seen }: FieldRows, { operator, values }: Condition): void {
  if (seen === null || seen.where.length === 0) return
  if (operator !== 'like' && operator !== 'ilike') return
  if (!values.some((value) => /(?:^|[^\\])(?:\\\\)*\\$/.test(value))) return
  throw new DialectError({ status: 400, code: '22025', message: 'LIKE pattern must not end with escape character' })
}

function columnUnknown(table: SeenTable['table'], name: string): DialectError {
  const nearest = nearestByLikeness(name, [...table.columns.keys()])
  return new DialectError({
    status: 400,
    code: '42703',
    message: `column ${table.name}.${name} does not exist`,
    hint: nearest && `Perhaps you meant to reference the column "${table.name}.${nearest}".`,
  })
}
