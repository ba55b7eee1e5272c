// What of an entity a role sees and may change: the one rule that every query passes.
import type { Actor } from '@steward/base'
import type { EntityRule, FilterValue, MaskForm, Role, RowFilter, WriteKind } from './role.ts'

/** In this column one of these values; as texts of PostgreSQL, null for NULL. */
export type RowCondition = { column: string; values: readonly (string | null)[] }

/**
 * What a role sees of an entity, with nothing left to work out.
 *
 * @example
 * const isWhole = ({ where, masks }: Visible) => where.length === 0 && masks.size === 0
 */
export type Visible = {
  canRead: boolean
  writes: ReadonlySet<WriteKind>
  /** All must hold. */
  where: readonly RowCondition[]
  /** By column. */
  masks: ReadonlyMap<string, MaskForm>
  maxRows: number | null
  maxAffected: number | null
  requiresReason: boolean
  isTrusted: boolean
  /** The role has a rule for this entity, and not just for all others. */
  isNamed: boolean
}

/**
 * What a role sees of an entity, named `orders` or `billing.invoices`. An entity that the role does not name has the
 * rule of `*`; without one nothing of it is seen.
 *
 * @example
 * visible(support, 'customers', actor).masks.get('phone') // 'hidden'
 */
export function visible(role: Role, entity: string, actor: Actor | null): Visible {
  const named = ruleOf(role, entity)
  const filter = filterOf(named, actor)
  const rule = filter === null ? nothing : named
  return {
    canRead: rule.read === true,
    writes: new Set(writesOf(rule)),
    where: conditionsOf(filter ?? {}),
    masks: new Map(masksOf(rule)),
    maxRows: rule.maxRows ?? null,
    maxAffected: rule.maxAffected ?? role.maxAffected ?? null,
    requiresReason: rule.requiresReason ?? role.requiresReason ?? actor?.type !== 'service',
    isTrusted: rule.isTrusted === true,
    isNamed: Object.hasOwn(role.entities, entity),
  }
}

const allWrites: readonly WriteKind[] = ['insert', 'update', 'delete']
const nothing: EntityRule = {}

function ruleOf({ entities }: Role, entity: string): EntityRule {
  const name = Object.hasOwn(entities, entity) ? entity : '*'
  return Object.hasOwn(entities, name) ? (entities[name] ?? nothing) : nothing
}

function writesOf({ write = false }: EntityRule): readonly WriteKind[] {
  if (typeof write === 'boolean') return write ? allWrites : []
  return write
}

/**
 * Null lets no row through: rows that depend on who asks are nobody's who is not known, and a promise, or whatever else is no
 * filter, would otherwise be one without conditions.
 */
function filterOf({ where = {} }: EntityRule, actor: Actor | null): RowFilter | null {
  if (typeof where !== 'function') return where
  const filter: unknown = actor === null ? null : where(actor)
  const isPlain = typeof filter === 'object' && filter !== null && Object.getPrototypeOf(filter) === Object.prototype
  return isPlain ? (filter as RowFilter) : null
}

function conditionsOf(filter: RowFilter): RowCondition[] {
  return Object.entries(filter).map(([column, value]) => ({ column, values: valuesOf(value).map(textOf) }))
}

/** A value that was forgotten fits no row. */
function valuesOf(value: FilterValue | readonly FilterValue[] | undefined): readonly FilterValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly FilterValue[]) : [value as FilterValue]
}

function textOf(value: FilterValue): string | null {
  return value === null ? null : String(value)
}

function masksOf({ mask = [] }: EntityRule): [string, MaskForm][] {
  return Array.isArray(mask)
    ? (mask as readonly string[]).map((column) => [column, 'hidden'])
    : (Object.entries(mask) as [string, MaskForm][])
}
