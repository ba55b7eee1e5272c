// Optimistic concurrency: which version a record has, when it is told, and which one a write holds on to.
import { formatEntity } from '@steward/postgres'
import type { CacheTable } from '../../catalog/schema-cache.ts'
import { entitiesErrors } from '../../errors.ts'
import type { SeenTable } from '../../visibility/see-table.ts'
import type { Plan, PlannedLogic, RowVersion } from '../plan-tree.ts'
import { isGrouped } from './plan-rows.ts'

/**
 * Adds to a plan what ETag and If-Match ask for. A version is told where it can be held on to: of a record that is named by
 * its whole primary key, and of the one record that a write gives back. It is the stamp `version` where the database keeps
 * one, and else the transaction that wrote the row (`xmin`), which every change replaces. Of a view it is its column `version`.
 *
 * @throws ENTITIES_VERSION_UNKNOWN, ENTITIES_MATCH_WITHOUT_KEY
 */
export function planVersion(plan: Plan, seen: SeenTable | null): void {
  const { match } = plan.request
  const isWrite = plan.kind !== 'read' && plan.kind !== 'call'
  if (match !== undefined && !plan.isReadOnly && (!isWrite || plan.kind === 'insert'))
    throw entitiesErrors.MATCH_WITHOUT_KEY()
  if (seen === null || plan.kind === 'call') return
  const kind = versionOf(seen)
  if (kind !== null && isTold(plan)) plan.version = { kind, table: seen.table, key: keyOf(plan) ?? [] }
  if (!isWrite) return
  if (match !== undefined) plan.write.match = match === '*' ? match : holdOn(plan, seen.table, kind, match)
  if (plan.version?.kind === 'version' && plan.write.returning !== 'all') {
    plan.write.returning = [...new Set([...plan.write.returning, 'version'])]
  }
}

/** Whether a plan reaches one record at most, named by its whole key. */
export function namesOneRecord(plan: Plan): boolean {
  return keyOf(plan) !== null
}

function isTold(plan: Plan): boolean {
  const { kind } = plan.format
  if (kind !== 'json' && kind !== 'array' && kind !== 'object') return false
  if (plan.kind === 'read') return namesOneRecord(plan) && !isGrouped(plan.rows)
  return plan.kind !== 'delete' && plan.hasBody
}

function versionOf({ table, masks }: SeenTable): RowVersion | null {
  const { kind, columns, isStamped } = table
  const stamp = columns.get('version')
  const isKept = stamp !== undefined && /^(bigint|integer|smallint)$/.test(stamp.baseType) && !masks.has('version')
  if (kind === 'table' || kind === 'partitioned') return isKept && isStamped ? 'version' : 'xmin'
  return isKept ? 'version' : null
}

const tagKinds: Record<RowVersion, string> = { version: 'v', xmin: 'x' }

/**
 * A version as an ETag.
 *
 * @example
 * writeTag('xmin', '1234') // '"x1234"'
 */
export function writeTag(kind: RowVersion, value: string): string {
  return `"${tagKinds[kind]}${value}"`
}

/** A tag that is none of ours is one that no record has. */
function holdOn(plan: Plan, table: CacheTable, version: RowVersion | null, tags: string[]) {
  if (version === null) throw entitiesErrors.VERSION_UNKNOWN({ entity: formatEntity(table) })
  if (!namesOneRecord(plan)) throw entitiesErrors.MATCH_WITHOUT_KEY()
  const values = tags.flatMap((tag) => {
    const [, kind, value] = /^([vx])(\d+)$/.exec(tag) ?? []
    return kind === tagKinds[version] && value !== undefined ? [value] : []
  })
  return { version, values }
}

/** The comparisons that name the record, one a column of the key. */
function keyOf(plan: Plan): PlannedLogic[] | null {
  if (plan.kind === 'call' || plan.kind === 'insert') return null
  const table = plan.kind === 'read' ? plan.rows.table : plan.write.table
  const where = plan.kind === 'read' ? plan.rows.where : plan.write.where
  if (table === null || table.primaryKey.length === 0) return null
  const key = table.primaryKey.flatMap((column) => where.find((logic) => isEqual(logic, column)) ?? [])
  return key.length === table.primaryKey.length ? key : null
}

function isEqual(logic: PlannedLogic, column: string): boolean {
  if (logic.kind !== 'condition' || logic.operator !== 'eq') return false
  const { field, quantifier, isNegated } = logic
  return quantifier === null && !isNegated && field.name === column && field.path.length === 0
}
