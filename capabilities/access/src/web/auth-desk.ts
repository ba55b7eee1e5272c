// What all routes of signing in share: the office, who keeps the trail, and how an act becomes an operation.
import { type Actor, timeOrderedId } from '@steward/base'
import type { LeaveOperation, Operation, Role, WebRequest } from '@steward/engine'
import { inTransaction, type Pool, type Transaction } from '@steward/postgres'
import type { openBetterAuth } from './open-better-auth.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** Where people sign in. */
export type AuthDesk = {
  office: Pool
  auth: Awaited<ReturnType<typeof openBetterAuth>>
  hasher: PasswordHasher
  leaveOperation: LeaveOperation
  roles: () => ReadonlyMap<string, Role>
  origins: readonly string[]
  /** Whether cookies are `Secure`: as configured, else as the request came. */
  isSecure: (request: WebRequest) => boolean
}

/** An act of signing in, as the trail will know it. No secret belongs into `params`. */
export type Act = { procedure: string; actor: Actor; params: Record<string, unknown>; requestId: string | null }

/** Whoever has not yet proved who they are. */
export const stranger: Actor = { type: 'system', id: 'sign-in', name: 'somebody who signs in' }

/** Does the work in a transaction that carries the operation, which is left in the trail with it. */
export function asOperation<Result>(
  { office, leaveOperation }: Pick<AuthDesk, 'office' | 'leaveOperation'>,
  act: Act,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const operation = operationOf(act)
  return inTransaction(office, { settings: leaveOperation.settings(operation) }, async (transaction) => {
    const result = await work(transaction)
    await leaveOperation.leave(transaction, operation, { outcome: 'done' })
    return result
  })
}

/** Leaves a refusal in the trail. */
export function leaveRefusal(
  { office, leaveOperation }: Pick<AuthDesk, 'office' | 'leaveOperation'>,
  act: Act,
  error: Error,
): Promise<void> {
  const operation = operationOf(act)
  return inTransaction(office, { settings: leaveOperation.settings(operation) }, (transaction) =>
    leaveOperation.leave(transaction, operation, { outcome: 'failed', error }),
  )
}

function operationOf({ procedure, actor, params, requestId }: Act): Operation {
  const nothing = { reason: null, runId: null, parentId: null, reverts: null }
  return { ...nothing, id: timeOrderedId(), actor, procedure, params, source: 'backoffice', requestId }
}
