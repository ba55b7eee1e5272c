// What may be written: in the ways that the role has, and without reading along the way what may not be read.
import type { WriteKind } from '@steward/engine'
import { formatEntity } from '@steward/postgres'
import type { DialectRequest, Logic } from '../dialect/dialect-request.ts'
import type { WritePlan } from '../dialect/plan-tree.ts'
import { entitiesErrors } from '../errors.ts'
import type { SeenTable } from './see-table.ts'

type Writing = { seen: SeenTable; conflict: WritePlan['conflict']; role: string }

/**
 * Lets a write through, or refuses it. An upsert that may change what is there is an insert and an update.
 *
 * @throws ENTITIES_WRITE_NOT_ALLOWED, and ENTITIES_WRITE_UNSEEN where rows that may not be read would be sent back or
 * found out by filters.
 */
export function demandWritable(request: DialectRequest, { seen, conflict, role }: Writing): void {
  const entity = formatEntity(seen.table)
  for (const kind of kindsOf(request, conflict)) {
    if (!seen.writes.has(kind)) throw entitiesErrors.WRITE_NOT_ALLOWED({ entity, kind, role })
  }
  if (seen.canRead) return
  const { return: wanted } = request.preferences
  const filters = request.filters.filter(({ path }) => path.length === 0)
  const isBlind = filters.every(({ what }) => isKey(what, seen.table.primaryKey)) && request.select.every(isPlain)
  if ((wanted !== null && wanted !== 'minimal') || !isBlind) throw entitiesErrors.WRITE_UNSEEN({ entity })
}

function kindsOf({ method }: DialectRequest, conflict: WritePlan['conflict']): WriteKind[] {
  if (method === 'PATCH') return ['update']
  if (method === 'DELETE') return ['delete']
  return conflict?.resolution === 'merge-duplicates' ? ['insert', 'update'] : ['insert']
}

function isKey(what: Logic, key: readonly string[]): boolean {
  if (what.kind !== 'condition' || what.isNegated || what.quantifier !== null || what.field.path.length > 0)
    return false
  return (what.operator === 'eq' || what.operator === 'in') && key.includes(what.field.name)
}

function isPlain({ kind }: DialectRequest['select'][number]): boolean {
  return kind === 'field'
}
