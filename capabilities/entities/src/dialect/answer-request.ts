// The corridor of the Admin API, the file to read first: request, plan, query, response.
import type { Operation, WebAnswer, WebRequest } from '@steward/engine'
import type { SchemaCache } from '../catalog/schema-cache.ts'
import { describeRoot } from '../openapi/describe-root.ts'
import { beginWrite, type Write, withChanges } from '../operations/begin-write.ts'
import { readChanges } from '../operations/read-changes.ts'
import type { Settings } from '../options.ts'
import { contentType, profile, sent } from './answer-headers.ts'
import { answerOptions, answerPreflight, openToPages } from './answer-options.ts'
import { checkOutcome, isChecked } from './check-outcome.ts'
import { DialectError } from './dialect-error.ts'
import type { DialectRequest } from './dialect-request.ts'
import type { Landed } from './flight.ts'
import { isResolved, toAnswerRow, toTotal } from './landed-row.ts'
import { makeAnswer } from './make-answer.ts'
import { makePlan, type Plan } from './plan.ts'
import type { Query } from './query.ts'
import { readRequest } from './read-request.ts'
import { runQuery } from './run-query.ts'
import { isolationOf, transactionSettings } from './transaction-settings.ts'
import { translateError } from './translate-error.ts'
import { writeEstimate, writeQuery } from './write-query.ts'

/** What a request is answered with. */
export type Room = {
  settings: Settings
  /** What is known of the database at this moment. */
  cache: () => SchemaCache
}

/**
 * Answers a request, refusals too; never throws. One transaction, committed whole or not at all.
 *
 * @example
 * const { status } = await answerRequest(room, { method: 'GET', path: '/orders', query: 'id=eq.7', headers: {}, body: null, requestId: 'r-1', actor: null, role: null, key: null })
 */
export async function answerRequest(room: Room, web: WebRequest): Promise<WebAnswer> {
  const isOpen = room.settings.compat !== null
  const answer = await answerOrRefuse(room, web)
  const body = web.method === 'HEAD' ? null : answer.body
  return { ...answer, body, headers: isOpen ? { ...openToPages(web.headers), ...answer.headers } : answer.headers }
}

async function answerOrRefuse(room: Room, web: WebRequest): Promise<WebAnswer> {
  try {
    refuseZeroCharacters(web)
    const preflight = web.method === 'OPTIONS' && room.settings.compat !== null ? answerPreflight(web.headers) : null
    return preflight ?? (await answerRead(room, web, readRequest(web, room.settings)))
  } catch (error) {
    return translateError(error, { isAnonymous: web.actor === null, onUnexpected: room.settings.onError })
  }
}

async function answerRead(room: Room, web: WebRequest, request: DialectRequest): Promise<WebAnswer> {
  const { settings } = room
  const cache = room.cache()
  if (request.method === 'OPTIONS') return answerOptions(request, cache, { isOpen: settings.compat !== null })
  if (request.target.kind === 'root') return answerRoot(request, cache)
  const plan = makePlan(request, cache, settings)
  const write = beginWrite(plan, web, settings)
  const { landed, changes } = await run(plan, web, settings, write)
  const answer = answerPlan(plan, web, landed)
  return write === null ? answer : withChanges(answer, write, changes)
}

function answerRoot(request: DialectRequest, cache: SchemaCache): WebAnswer {
  return {
    status: 200,
    headers: sent({ 'Content-Type': contentType({ kind: 'openapi' }), 'Content-Profile': profile(request) }),
    body: describeRoot(request.schema, cache),
  }
}

type Ran = { landed: Landed[]; changes: unknown[] | null }

async function run(plan: Plan, web: WebRequest, settings: Settings, write: Write | null): Promise<Ran> {
  const operation: Operation | null = write?.operation ?? null
  let changes: unknown[] | null = null
  const isLookedAt = isChecked(plan) || write?.showsChanges === true
  const landed = await runQuery(settings.pool, {
    isReadOnly: plan.isReadOnly,
    isolation: isolationOf(plan),
    settings: transactionSettings({ plan, web, settings, operation }),
    query: writtenQuery(plan),
    further: furtherQueries(plan),
    isRolledBack: plan.rollback,
    check: isLookedAt
      ? async (answers, transaction) => {
          checkOutcome(plan, answers)
          if (write?.showsChanges) {
            changes = await readChanges(transaction, { id: write.operation.id, target: write.target })
          }
        }
      : null,
  })
  return { landed, changes }
}

// Names that PostgreSQL cannot have are the request's, and refused in the words that PostgreSQL has for them.
function writtenQuery(plan: Plan): Query {
  try {
    return writeQuery(plan)
  } catch (error) {
    if (!(error instanceof TypeError) || !error.message.startsWith('PostgreSQL has no name like')) throw error
    const message = 'zero-length delimited identifier at or near """"'
    throw new DialectError({ status: 400, code: '42601', message, cause: error })
  }
}

function furtherQueries(plan: Plan): Query[] {
  const isEstimated = plan.count === 'planned' || plan.count === 'estimated'
  if (!isEstimated || plan.format.kind === 'plan') return []
  return plan.kind === 'read' || plan.kind === 'call' ? [writeEstimate(plan)] : []
}

function answerPlan(plan: Plan, web: WebRequest, landed: Landed[]): WebAnswer {
  const [answered, estimate] = landed
  checkOutcome(plan, landed)
  if (plan.format.kind === 'plan') return answerExplained(plan, answered)
  const row = toAnswerRow(answered)
  return makeAnswer({
    kind: plan.kind,
    request: plan.request,
    format: plan.format,
    rawQuery: web.query,
    isVoid: plan.kind === 'call' && plan.call.function.returns.isVoid,
    isResolved: isResolved(plan),
    row,
    total: toTotal(plan, row, estimate),
  })
}

function answerExplained({ request, format }: Plan, answered: Landed | undefined): WebAnswer {
  const lines = (answered?.rows ?? []).map(([line]) => line ?? '')
  return {
    status: 200,
    headers: sent({ 'Content-Type': contentType(format), 'Content-Profile': profile(request) }),
    body: `${lines.join('\n')}\n`,
  }
}

// PostgreSQL can hold none, wherever they stand; said before anything is made of them.
function refuseZeroCharacters({ path, query }: WebRequest): void {
  if (!path.includes('%00') && !query.includes('%00')) return
  const message = 'invalid byte sequence for encoding "UTF8": 0x00'
  throw new DialectError({ status: 400, code: '22021', message })
}
