// The corridor, the file to read first: every act on the data, from whichever door, walks through perform().
import { type Actor, timeOrderedId } from '@steward/base'
import { wordsOf } from '@steward/contract'
import { inTransaction, type Transaction, translatePostgresError } from '@steward/postgres'
import type { Home, KeptProcedure } from './capability.ts'
import { type Engine, findProcedure, poolOf } from './engine.ts'
import { engineErrors } from './errors.ts'
import type { Operation, Source } from './ports.ts'
import type { Role } from './role.ts'
import { parseInput, parseOutput } from './shape.ts'

/**
 * One request to perform a procedure, the same from every door.
 *
 * @example
 * const request: PerformRequest = { procedure: 'trail.history', input, actor: { type: 'staff', id: 'kim' }, source: 'cli' }
 */
export type PerformRequest = {
  /** `capability.name` */
  procedure: string
  input: unknown
  actor: Actor
  /** What they may do; left out at the terminal, where the database's password says it. */
  role?: Role | null
  source: Source
  /** Why; `danger` is not performed without it. */
  reason?: string | null
  /** Somebody has seen what will happen and agreed; `danger` is not performed without it. */
  isConfirmed?: boolean
  /** Do all of it, answer as if it were done, then roll back. */
  isDryRun?: boolean
  /** Answers also with the changes that it made, or in a dry run would have made. */
  showsChanges?: boolean
  requestId?: string | null
  /** The id that its operation has to have; a new one unless given. */
  operationId?: string
}

/**
 * What came of a request.
 *
 * @example
 * const { output, operation }: Performed = await perform(engine, request)
 */
export type Performed = {
  output: unknown
  operation: Operation
  /** Oldest first, those of triggers and cascades too; null where nobody asked for them, and of what only reads. */
  changes: unknown[] | null
}

/**
 * Performs a procedure: finds it, parses the input, permits the actor, opens the transaction that its effect calls
 * for, runs the verb, leaves the operation in the trail, commits, and answers with the output in its promised shape.
 * A change that commits has its trail; when anything fails nothing is changed, and the failed attempt is left behind.
 *
 * @throws ENGINE_PROCEDURE_UNKNOWN, ENGINE_INPUT_INVALID, ENGINE_NOT_PERMITTED, ENGINE_REASON_REQUIRED,
 * ENGINE_CONFIRMATION_REQUIRED, ENGINE_OUTPUT_BROKEN, ENGINE_CHANGES_UNREADABLE, whatever the verb refuses, and
 * PostgreSQL's errors as POSTGRES_…
 * @example
 * const { output } = await perform(engine, {
 *   procedure: 'trail.history', input: { entity: 'orders', key: '1042' }, actor: { type: 'staff', id: 'kim' }, source: 'cli',
 * })
 */
export async function perform(engine: Engine, request: PerformRequest): Promise<Performed> {
  const kept = findProcedure(engine, request.procedure)
  const input = await parseInput(kept, request.procedure, request.input)
  await permitActor(engine, kept, request)
  demandReason(kept, request)
  const operation = beginOperation(request, input)
  const { role = null, isDryRun = false } = request
  const isRead = wordsOf(kept.promised).effect === 'read'
  const showsChanges = request.showsChanges === true && !isRead
  if (showsChanges && engine.readChanges === undefined) throw engineErrors.CHANGES_UNREADABLE(request)
  // Who gives it an id will ask for it by that id.
  const isLeft = isAlwaysLeft(kept) || request.operationId !== undefined
  const walk: Walk = { engine, kept, operation, input, role, isDryRun, showsChanges, isLeft }
  try {
    const done = isRead ? { output: await performRead(walk), changes: null } : await performWrite(walk)
    return { ...done, operation }
  } catch (error) {
    throw translatePostgresError(error)
  }
}

type Walk = {
  engine: Engine
  kept: KeptProcedure & { home: Home }
  operation: Operation
  input: unknown
  role: Role | null
  isDryRun: boolean
  showsChanges: boolean
  /** It is in the trail also where it has changed nothing that is tracked. */
  isLeft: boolean
}

/** What a write has come to. */
type Done = Pick<Performed, 'output' | 'changes'>

async function permitActor(engine: Engine, kept: KeptProcedure, request: PerformRequest): Promise<void> {
  const { actor, role = null, procedure } = request
  const { permission } = wordsOf(kept.promised)
  const isPermitted = await engine.permit({ actor, role, permission, procedure })
  if (!isPermitted) throw engineErrors.NOT_PERMITTED({ actor: `${actor.type} ${actor.id}`, procedure, permission })
}

/** A dry run changes nothing, so it needs neither: it is how people come to their reason and their confirmation. */
function demandReason(kept: KeptProcedure, { procedure, reason, isConfirmed, isDryRun }: PerformRequest): void {
  if (wordsOf(kept.promised).effect !== 'danger' || isDryRun === true) return
  if ((reason ?? '').trim() === '') throw engineErrors.REASON_REQUIRED({ procedure })
  if (isConfirmed !== true) throw engineErrors.CONFIRMATION_REQUIRED({ procedure })
}

function beginOperation(request: PerformRequest, input: unknown): Operation {
  const { actor, procedure, source, reason = null, requestId = null } = request
  return {
    id: request.operationId ?? timeOrderedId(),
    actor,
    procedure,
    params: input,
    reason,
    source,
    requestId,
    runId: null,
    parentId: null,
    reverts: null,
  }
}

/** One snapshot for all of its statements: an answer never mixes two moments. */
async function performRead(walk: Walk): Promise<unknown> {
  const { engine, kept } = walk
  const pool = kept.home === 'service' && engine.readerPool ? engine.readerPool : await poolOf(engine, kept.home)
  return inTransaction(pool, { readOnly: true, isolation: 'repeatable read' }, (transaction) =>
    runVerb(walk, transaction),
  )
}

async function performWrite(walk: Walk): Promise<Done> {
  const { engine, kept, operation, isDryRun, showsChanges, isLeft } = walk
  try {
    return await inTransaction(
      await poolOf(engine, kept.home),
      { settings: engine.leaveOperation.settings(operation) },
      async (transaction) => {
        const output = await runVerb(walk, transaction)
        // ROLLBACK would hide what COMMIT refuses, and what deferred triggers change would not be shown.
        if (isDryRun || showsChanges) await transaction.query('SET CONSTRAINTS ALL IMMEDIATE')
        if (isLeft) await engine.leaveOperation.leave(transaction, operation, { outcome: 'done' })
        const done = { output, changes: showsChanges ? await changesOf(walk, transaction) : null }
        if (isDryRun) throw new DryRunEnd(done)
        return done
      },
    )
  } catch (error) {
    if (error instanceof DryRunEnd) return error.done
    if (!isDryRun) await leaveFailure(walk, error)
    throw error
  }
}

async function changesOf({ engine, operation, role }: Walk, transaction: Transaction): Promise<unknown[] | null> {
  const asked = { operationId: operation.id, actor: operation.actor, role }
  return (await engine.readChanges?.(transaction, asked)) ?? null
}

/** The answer is held against its promise while the transaction is open: one that breaks it must not commit. */
async function runVerb({ kept, operation, input, role, isDryRun }: Walk, transaction: Transaction): Promise<unknown> {
  const output = await kept.verb({ transaction, actor: operation.actor, role, operation, isDryRun }, input)
  return parseOutput(kept, operation.procedure, output)
}

/** Carries what a dry run came to out of the transaction that is rolled back. */
class DryRunEnd extends Error {
  readonly done: Done

  constructor(done: Done) {
    super('A dry run has ended.')
    this.done = done
  }
}

function isAlwaysLeft({ promised }: KeptProcedure): boolean {
  return wordsOf(promised).record !== 'changes'
}

/** In a transaction of its own, after the failed one has ended; the caller gets the first error whatever happens here. */
async function leaveFailure({ engine, kept, operation }: Walk, error: unknown): Promise<void> {
  const settings = engine.leaveOperation.settings(operation)
  await poolOf(engine, kept.home)
    .then((pool) =>
      inTransaction(pool, { settings }, (transaction) =>
        engine.leaveOperation.leave(transaction, operation, { outcome: 'failed', error }),
      ),
    )
    .catch(() => undefined)
}
