// A write that carries an idempotency key is done once, however often it is sent, and by whichever process it is received.
import { createHash } from 'node:crypto'
import { isStewardError, timeOrderedId } from '@steward/base'
import type { Role, WebAnswer, WebRequest } from '@steward/engine'
import { inTransaction, type Pool, type Transaction } from '@steward/postgres'
import { openTrail, trailErrors } from '@steward/trail'
import { entitiesErrors } from '../errors.ts'
import { asksForDryRun } from '../operations/begin-write.ts'
import type { Room } from '../room.ts'
import { awaitWriters } from './await-writers.ts'
import {
  deleteKeptWrite,
  deleteOldWrites,
  insertKeptWrite,
  type KeptWrite,
  lockKeptWrite,
  selectKeptWrite,
  updateAnswer,
  updateOperation,
  type WriteKey,
} from './store.ts'

type Answer = (web: WebRequest) => Promise<WebAnswer>

/** Characters of an answer that is kept whole. */
const longestKept = 1024 * 1024

/** Of so many writes one forgets the old ones. */
const tidyEvery = 200

/**
 * Answers a request; with `Idempotency-Key`, one that was done already is answered as it was then, unless the sender has another role
 * by now: then they hear only that it was done. A refused write is forgotten, so that it may be mended and sent again. Where the process that did it has died before its answer was kept, the trail tells
 * whether it was done; where there is none, nobody knows, and it is refused.
 *
 * @throws ENTITIES_IDEMPOTENCY_…, whatever `answer` throws
 */
export async function answerOnce(room: Room, web: WebRequest, answer: Answer): Promise<WebAnswer> {
  const key = web.headers['idempotency-key']
  if (key === undefined || isRead(web) || asksForDryRun(web)) return answer(web)
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw entitiesErrors.IDEMPOTENCY_KEY_INVALID()
  if (room.settings.office === null) throw entitiesErrors.IDEMPOTENCY_NOT_KEPT()
  const office = await room.settings.office()
  const write = { sender: JSON.stringify([web.key, web.actor?.type, web.actor?.id]), key }
  const asked = digestOf(web)
  const begun = timeOrderedId()
  const isFirst = await insertKeptWrite(office, { ...write, asked, operation: begun })
  if (isFirst && Math.random() < 1 / tidyEvery) await deleteOldWrites(office)
  const done = await inTransaction(office, {}, (transaction) =>
    answerLocked(room, { web, answer, write, asked, begun, office, transaction }),
  )
  if ('error' in done) throw done.error
  return done.answer
}

type Locked = {
  web: WebRequest
  answer: Answer
  write: WriteKey
  asked: Buffer
  /** The operation that it is where nobody has begun it before. */
  begun: string
  office: Pool
  transaction: Transaction
}

/** An error is handed out, since throwing it here would keep what it takes back. */
type Done = { answer: WebAnswer } | { error: unknown }

async function answerLocked(room: Room, locked: Locked): Promise<Done> {
  const { web, answer, write, asked, begun, office, transaction } = locked
  const { key } = write
  if (!(await lockKeptWrite(transaction, write))) throw entitiesErrors.IDEMPOTENCY_IN_PROGRESS({ key })
  const kept = await selectKeptWrite(transaction, write)
  if (kept === null) throw entitiesErrors.IDEMPOTENCY_IN_PROGRESS({ key })
  if (!kept.asked.equals(asked)) throw entitiesErrors.IDEMPOTENCY_KEY_REUSED({ key })
  const { status, headers, body, operation } = kept
  const role = digestOfRole(web.role)
  if (status !== null && headers !== null) {
    if (!kept.isWhole || kept.role?.equals(role) !== true) throw entitiesErrors.IDEMPOTENCY_DONE_BEFORE({ operation })
    return { answer: { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, body } }
  }
  // Somebody who sent it again may have been quicker with the lock, and have failed: then it is theirs, and may have been done.
  const operationId = operation === begun ? operation : await anotherAttempt(room, { kept, write, office })
  try {
    const answered = await answer({ ...web, operationId })
    await keep(transaction, { write, role }, answered)
    return { answer: answered }
  } catch (error) {
    if (isRefusal(error)) await deleteKeptWrite(transaction, write)
    return { error }
  }
}

/** Whoever began it is gone: it is done anew only where the trail says that it was not done. */
async function anotherAttempt(
  room: Room,
  { kept, write, office }: { kept: KeptWrite; write: WriteKey; office: Pool },
): Promise<string> {
  if (!(await awaitWriters(room.settings.pool))) throw entitiesErrors.IDEMPOTENCY_IN_PROGRESS({ key: write.key })
  if (await wasDone(room.settings.pool, kept.operation, write.key)) {
    throw entitiesErrors.IDEMPOTENCY_DONE_BEFORE({ operation: kept.operation })
  }
  const operation = timeOrderedId()
  // Committed before it begins: this attempt may end as the one before did, and is then asked for by this id.
  await updateOperation(office, write, operation)
  return operation
}

async function wasDone(pool: Pool, operation: string, key: string): Promise<boolean> {
  try {
    const { operation: found, changes } = await openTrail({ pool }).operation(operation)
    // Where an answer was lost at the very end, what was done stands beside the failure that was told of it.
    return changes.length > 0 || found.transactions.some(({ outcome }) => outcome !== 'failed')
  } catch (error) {
    if (isStewardError(error, trailErrors.UNKNOWN_OPERATION.code)) return false
    if (isStewardError(error, trailErrors.NOT_INSTALLED.code)) throw entitiesErrors.IDEMPOTENCY_UNKNOWN({ key })
    throw error
  }
}

/** A refusal is forgotten; a failure is not, since it may have been done all the same. */
async function keep(
  transaction: Transaction,
  { write, role }: { write: WriteKey; role: Buffer },
  { status, headers, body }: WebAnswer,
): Promise<void> {
  if (status >= 500) return
  if (status >= 400) return deleteKeptWrite(transaction, write)
  const isWhole = (body?.length ?? 0) <= longestKept && !body?.includes('\0')
  return updateAnswer(transaction, write, { status, headers, body: isWhole ? body : null, isWhole, role })
}

function isRefusal(error: unknown): boolean {
  return isStewardError(error) && error.status < 500
}

function digestOf({ method, path, query, headers, body }: WebRequest): Buffer {
  const said = [method, path, query, headers['prefer'], headers['content-type'], headers['content-profile']]
  return createHash('sha256')
    .update(JSON.stringify(said))
    .update(body ?? '')
    .digest()
}

/** By all that it may see and do: its masks may be other ones after a release. */
function digestOfRole(role: Role | null): Buffer {
  const said = JSON.stringify(role, (_, value: unknown) =>
    typeof value === 'function' || typeof value === 'bigint' ? String(value) : value,
  )
  return createHash('sha256').update(said).digest()
}

function isRead({ method }: WebRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}
