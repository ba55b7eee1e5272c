// An operation: one act with its actor, and how its stored parts become what readers see.
import { Actor, parseJson } from '@steward/base'
import { z } from 'zod'

/**
 * The operation as it stands beside each of its changes. `at` is when it first wrote (UTC, microseconds); `params` is
 * what the client said of its input, secrets redacted.
 *
 * @example
 * const { actor, procedure }: Operation = change.operation
 */
export const Operation = z.object({
  id: z.string(),
  actor: Actor,
  procedure: z.string().nullable(),
  params: z.unknown(),
  /** True where the params (null here), and the error, are held back from who asks. */
  paramsWithheld: z.literal(true).optional(),
  reason: z.string().nullable(),
  source: z.string(),
  requestId: z.string().nullable(),
  at: z.string(),
  /** The operation that it takes back, where it takes one back. */
  reverts: z.string().nullable().optional(),
})

/** The parsed shape of an operation. */
export type Operation = z.infer<typeof Operation>

/**
 * The part that an operation had in one transaction of the database. `id` is the transaction's id, null for imported
 * operations.
 *
 * @example
 * const failed = (part: OperationPart) => part.outcome === 'failed'
 */
export const OperationPart = z.object({
  id: z.string().nullable(),
  at: z.string(),
  outcome: z.enum(['done', 'failed']).nullable(),
  error: z.string().nullable(),
  databaseUser: z.string().nullable(),
  applicationName: z.string().nullable(),
  clientAddress: z.string().nullable(),
})

/** The parsed shape of a part. */
export type OperationPart = z.infer<typeof OperationPart>

/** An operation that took another back, as that one shows it. */
const RevertingOperation = z.object({ id: z.string(), at: z.string(), actor: Actor })

/** The parsed shape of a reverting operation. */
export type RevertingOperation = z.infer<typeof RevertingOperation>

/**
 * Everything that is known of an operation. `outcome` is `failed` when any part failed; `signed` is null where contexts
 * are not signed; `transactions` are its parts, oldest first; `revertedBy` are the operations that took it back, or a
 * part of it, newest first, where there are any.
 *
 * @example
 * const { outcome, error }: OperationDetails = (await trail.operation(id)).operation
 */
export const OperationDetails = Operation.extend({
  parentId: z.string().nullable(),
  reverts: z.string().nullable(),
  runId: z.string().nullable(),
  imported: z.boolean(),
  signed: z.boolean().nullable(),
  outcome: z.enum(['done', 'failed']).nullable(),
  error: z.string().nullable(),
  databaseUser: z.string().nullable(),
  applicationName: z.string().nullable(),
  clientAddress: z.string().nullable(),
  transactions: z.array(OperationPart),
  revertedBy: z.array(RevertingOperation).optional(),
})

/** The parsed shape of an operation's details. */
export type OperationDetails = z.infer<typeof OperationDetails>

/**
 * An operation as a list shows it. `outcome` is `failed` when any of its transactions was noted as failed.
 *
 * @example
 * const failed = operations.filter((operation: ListedOperation) => operation.outcome === 'failed')
 */
export const ListedOperation = Operation.extend({
  parentId: z.string().nullable(),
  reverts: z.string().nullable(),
  runId: z.string().nullable(),
  imported: z.boolean(),
  outcome: z.enum(['done', 'failed']).nullable(),
  error: z.string().nullable(),
  touched: z.array(z.object({ entity: z.string(), records: z.number(), isAtLeast: z.boolean() })).optional(),
})

/** The parsed shape of a listed operation. */
export type ListedOperation = z.infer<typeof ListedOperation>

/** The columns of an operation as a reader selects them: every value is text, as PostgreSQL prints it. */
export type StoredOperation = {
  operation_id: string
  operation_at: string
  actor_type: Actor['type']
  actor_id: string
  actor_name: string | null
  procedure: string | null
  params: string | null
  reason: string | null
  source: string
  request_id: string | null
}

/** The columns of one part, whole. */
export type StoredPart = StoredOperation & {
  xid: string | null
  parent_id: string | null
  reverts: string | null
  run_id: string | null
  imported: 't' | 'f'
  signed: 't' | 'f' | null
  outcome: 'done' | 'failed' | null
  error: string | null
  database_user: string | null
  application_name: string | null
  client_address: string | null
}

/** The columns that a list needs. */
export type StoredListing = StoredOperation &
  Pick<StoredPart, 'parent_id' | 'reverts' | 'run_id' | 'imported' | 'outcome' | 'error'>

/** SQL for an instant as ISO 8601 in UTC, to the microsecond, whatever the session's settings are. */
export function instantSql(expression: string): string {
  return `to_char((${expression}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/** SQL for an instant as {@link instantOf} reads it: far cheaper than {@link instantSql}, for many rows. */
export function epochSql(expression: string): string {
  return `extract(epoch FROM ${expression})`
}

/** An instant as {@link instantSql} prints it, from what {@link epochSql} gives: seconds with six digits after the point. */
export function instantOf(epoch: string): string {
  const seconds = Number(epoch.slice(0, -7))
  const micros = epoch.slice(-6)
  if (!epoch.startsWith('-') || micros === '000000') return `${secondText(seconds)}.${micros}Z`
  // Before 1970 the digits count backwards.
  return `${secondText(seconds - 1)}.${String(1_000_000 - Number(micros)).padStart(6, '0')}Z`
}

// Less than half the time of toISOString, which counts for a page of changes.
function secondText(seconds: number): string {
  const date = new Date(seconds * 1000)
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`
  return `${day}T${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}:${twoDigits(date.getUTCSeconds())}`
}

function twoDigits(count: number): string {
  return count < 10 ? `0${count}` : String(count)
}

/** The select list of {@link StoredOperation} without its id. */
export const operationFacts = (alias: string) =>
  `${instantSql(`${alias}.at`)} AS operation_at, ${alias}.actor_type, ${alias}.actor_id, ${alias}.actor_name,
   ${alias}.procedure, ${alias}.params, ${alias}.reason, ${alias}.source, ${alias}.request_id`

/** The select list of {@link StoredPart}. */
export const partColumns = (alias: string) =>
  `${alias}.id AS operation_id, ${operationFacts(alias)}, ${alias}.xid, ${alias}.parent_id, ${alias}.reverts, ${alias}.run_id, ${alias}.imported,
   ${alias}.signed, ${alias}.outcome, ${alias}.error, ${alias}.database_user, ${alias}.application_name, ${alias}.client_address`

/** A stored operation as readers see it. */
export function toOperation(stored: StoredOperation): Operation {
  return {
    id: stored.operation_id,
    actor: { type: stored.actor_type, id: stored.actor_id, name: stored.actor_name },
    procedure: stored.procedure,
    params: parseParams(stored.params),
    reason: stored.reason,
    source: stored.source,
    requestId: stored.request_id,
    at: stored.operation_at,
  }
}

/** What a reader of many parts selects of `steward.part` beside the id, every value as text: no column is taken apart. */
export type StoredContext = { part_at: string; context: string; database_user: string | null }

/** The select list of {@link StoredContext}. */
export const contextColumns = (alias: string) =>
  `${epochSql(`${alias}.at`)} AS part_at, ${alias}.context, ${alias}.database_user`

/** A stored part as readers see its operation: takes the context apart exactly as the view `steward.operation` does. */
export function operationOfContext(id: string, { part_at, context, database_user }: StoredContext): Operation {
  const [, , type, actorId, actorName, procedure, params, reason, source, requestId, , reverts] =
    context.split('\u001f')
  return {
    id,
    actor: {
      type: isActorType(type) ? type : 'service',
      id: actorId || (database_user ?? 'unknown'),
      name: actorName || null,
    },
    procedure: procedure || null,
    params: parseParams(params || null),
    reason: reason || null,
    source: source || 'app',
    requestId: requestId || null,
    at: instantOf(part_at),
    ...(isId(reverts) ? { reverts } : {}),
  }
}

// As the view has it: a client may send anything.
function isId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function isActorType(text: string | undefined): text is Actor['type'] {
  return text === 'user' || text === 'staff' || text === 'service' || text === 'system'
}

/** The first part of an operation, with the outcome and error of all its parts, as a list shows it. */
export function toListedOperation(part: StoredListing): ListedOperation {
  return {
    ...toOperation(part),
    parentId: part.parent_id,
    reverts: part.reverts,
    runId: part.run_id,
    imported: part.imported === 't',
    outcome: part.outcome,
    error: part.error,
  }
}

/** The parts of one operation, oldest first, as one operation. The first part says who and what. */
export function toOperationDetails(parts: readonly [StoredPart, ...StoredPart[]]): OperationDetails {
  const [first] = parts
  const failed = parts.find((part) => part.outcome === 'failed')
  return {
    ...toOperation(first),
    parentId: first.parent_id,
    reverts: first.reverts,
    runId: first.run_id,
    imported: first.imported === 't',
    signed: parts.every((part) => part.signed === null) ? null : parts.every((part) => part.signed === 't'),
    outcome: failed ? 'failed' : (parts.find((part) => part.outcome !== null)?.outcome ?? null),
    error: failed?.error ?? null,
    databaseUser: first.database_user,
    applicationName: first.application_name,
    clientAddress: first.client_address,
    transactions: parts.map((part) => ({
      id: part.xid,
      at: part.operation_at,
      outcome: part.outcome,
      error: part.error,
      databaseUser: part.database_user,
      applicationName: part.application_name,
      clientAddress: part.client_address,
    })),
  }
}

/** What stands beside a change whose operation nobody wrote down: a session forged its context. */
export function unknownOperation(id: string, at: string): Operation {
  return {
    id,
    actor: { type: 'service', id: 'unknown', name: null },
    procedure: null,
    params: null,
    reason: null,
    source: 'unknown',
    requestId: null,
    at,
  }
}

// A client may send anything as params: what is no JSON is shown as the text that it is.
function parseParams(text: string | null): unknown {
  if (text === null) return null
  try {
    return parseJson(text)
  } catch {
    return text
  }
}
