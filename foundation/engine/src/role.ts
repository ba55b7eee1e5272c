// What a person or a key may do: a role, deny by default.
import type { Actor } from '@steward/base'

/**
 * A value that a row must have; null is SQL's NULL.
 *
 * @example
 * const tenant: FilterValue = 7
 */
export type FilterValue = string | number | bigint | boolean | null

/**
 * Which rows a role may reach: in each named column this value, or one of these. All columns must fit.
 *
 * @example
 * const open: RowFilter = { workspace_id: 7, state: ['open', 'waiting'] }
 */
export type RowFilter = Readonly<Record<string, FilterValue | readonly FilterValue[]>>

/**
 * How a masked column is seen: not at all (NULL), by its first letter, or by its last four. What is not text is not
 * seen at all, whatever the form.
 *
 * @example
 * const form: MaskForm = 'last-4'
 */
export type MaskForm = 'hidden' | 'first-letter' | 'last-4'

/** A way to write. */
export type WriteKind = 'insert' | 'update' | 'delete'

/**
 * What a role may do with an entity. What is not said is not allowed.
 *
 * @example
 * const rule: EntityRule = { read: true, write: ['update'], where: { workspace_id: 7 }, mask: ['phone'] }
 */
export type EntityRule = {
  read?: boolean
  write?: boolean | readonly WriteKind[]
  /** The rows that it may reach, to read and to write; a row may not be written out of it either. */
  where?: RowFilter | ((actor: Actor) => RowFilter)
  /** Columns that are seen in masked form alone, and never written, filtered, ordered or grouped by. */
  mask?: readonly string[] | Readonly<Record<string, MaskForm>>
  /** At most so many rows in one answer. */
  maxRows?: number
  /** At most so many rows written by one request. */
  maxAffected?: number
  /** Whether a write must say why; as the role has it, unless given. */
  requiresReason?: boolean
  /** Of a view: it is shown also where it is not known from which columns its own are made. */
  isTrusted?: boolean
}

/**
 * A role. `entities` are by name, `orders` or `billing.invoices` outside public; `*` stands for all that are not named.
 *
 * @example
 * const support: Role = {
 *   name: 'cx', permissions: ['trail:history', 'trail:operation'], functions: [],
 *   entities: { '*': { read: true }, customers: { read: true, write: ['update'], mask: ['phone'] }, secrets: {} },
 * }
 */
export type Role = {
  name: string
  /** Of procedures: `trail:history`, all of a capability as `trail:*`, or `*`. */
  permissions: readonly string[]
  entities: Readonly<Record<string, EntityRule>>
  /** SQL functions that it may call, by name as entities are; `*` is all. */
  functions: readonly string[]
  /** Whether writes must say why: those of people must, and those of services need not, unless given. */
  requiresReason?: boolean
  /** Rows written by one request, where an entity says nothing else; no cap unless given. */
  maxAffected?: number
}

/**
 * Who may do everything: whoever holds the database's own password.
 *
 * @example
 * isPermitted(adminRole, 'access:create-key') // true
 */
export const adminRole: Role = {
  name: 'admin',
  permissions: ['*'],
  entities: { '*': { read: true, write: true } },
  functions: ['*'],
}

/**
 * Who may read every entity, and write none.
 *
 * @example
 * isPermitted(readerRole, 'trail:revert') // false
 */
export const readerRole: Role = {
  name: 'reader',
  permissions: [
    'entities:search',
    'entities:meta',
    ...['history', 'at', 'table', 'operation', 'operations', 'blast', 'impact', 'activity', 'status'].map(
      (deed) => `trail:${deed}`,
    ),
  ],
  entities: { '*': { read: true } },
  functions: [],
}

/**
 * Whether a role has a permission.
 *
 * @example
 * isPermitted({ ...support, permissions: ['trail:*'] }, 'trail:revert') // true
 */
export function isPermitted(role: Role, permission: string): boolean {
  const capability = permission.slice(0, permission.indexOf(':'))
  return role.permissions.some((held) => held === '*' || held === permission || held === `${capability}:*`)
}

/**
 * Whether a role may call an SQL function.
 *
 * @example
 * mayCall(support, 'refund_order') // false
 */
export function mayCall(role: Role, functionName: string): boolean {
  return role.functions.includes('*') || role.functions.includes(functionName)
}
