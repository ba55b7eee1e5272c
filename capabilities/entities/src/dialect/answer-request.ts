// The corridor of the Admin API, the file to read first: request, plan, query, response.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { describeRoot } from '../openapi/describe-root.ts'
import { type Write, withChanges } from '../operations/begin-write.ts'
import { leaveFailure } from '../operations/leave-failure.ts'
import { leaveIfKept } from '../operations/leave-if-kept.ts'
import { readChanges } from '../operations/read-changes.ts'
import type { Settings } from '../options.ts'
import type { Room } from '../room.ts'
import { admit, lookAs } from '../visibility/onlooker.ts'
import type { Onlooker } from '../visibility/see-table.ts'
import { makeSight } from '../visibility/sight.ts'
import { contentType, profile, sent } from './answer-headers.ts'
import { answerOptions, answerPreflight, openToPages } from './answer-options.ts'
import { answerPlan, furtherQueries, writtenQuery } from './answer-plan.ts'
import { checkOutcome, isChecked } from './check-outcome.ts'
import { DialectError } from './dialect-error.ts'
import type { DialectRequest } from './dialect-request.ts'
import type { Landed } from './flight.ts'
import { type Prepared, prepareRequest } from './prepare-request.ts'
import { readRequest } from './read-request.ts'
import { type AfterFailure, runQuery } from './run-query.ts'
import { isolationOf, transactionSettings } from './transaction-settings.ts'
import { translateError } from './translate-error.ts'

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
    return translateError(error, {
      onlooker: lookAs(web, room.settings, room.cache()),
      onUnexpected: room.settings.onError,
    })
  }
}

async function answerRead(room: Room, web: WebRequest, request: DialectRequest): Promise<WebAnswer> {
  const { settings } = room
  const onlooker = admit(lookAs(web, settings, room.cache()))
  if (request.method === 'OPTIONS') {
    return answerOptions(request, makeSight(onlooker).seen, { isOpen: settings.compat !== null })
  }
  if (request.target.kind === 'root') return answerRoot(request, onlooker)
  const prepared = prepareRequest(room, web, request)
  const { plan, write } = prepared
  const { landed, changes } = await run(prepared, web, settings)
  checkOutcome(plan, landed, prepared.cap)
  const answer = answerPlan(plan, web, landed)
  return write === null ? answer : withChanges(answer, write, changes)
}

function answerRoot(request: DialectRequest, onlooker: Onlooker): WebAnswer {
  return {
    status: 200,
    headers: sent({ 'Content-Type': contentType({ kind: 'openapi' }), 'Content-Profile': profile(request) }),
    body: describeRoot(request.schema, onlooker),
  }
}

type Ran = { landed: Landed[]; changes: unknown[] | null }

async function run({ plan, write, cap }: Prepared, web: WebRequest, settings: Settings): Promise<Ran> {
  const operation = write?.operation ?? null
  let changes: unknown[] | null = null
  // Whoever sends it again asks the trail for it, also where it has changed nothing that is tracked.
  const isLeft = web.operationId !== undefined && write !== null && !write.isPure && !plan.rollback
  const isLookedAt = isChecked(plan, cap) || write?.showsChanges === true || isLeft
  const landed = await runQuery(settings.pool, {
    isReadOnly: plan.isReadOnly,
    isolation: isolationOf(plan),
    settings: transactionSettings({ plan, web, settings, operation }),
    query: writtenQuery(plan),
    further: furtherQueries(plan),
    isRolledBack: plan.rollback,
    check: isLookedAt
      ? async (answers, transaction) => {
          checkOutcome(plan, answers, cap)
          if (write?.showsChanges) {
            changes = await readChanges(transaction, { ...write, role: web.role })
          }
          if (isLeft) await leaveIfKept(transaction, settings.leaveOperation, write.operation)
        }
      : null,
    afterFailure: plan.rollback ? null : failureOf(write, settings),
  })
  return { landed, changes }
}

function failureOf(write: Write | null, { pool, leaveOperation }: Settings): AfterFailure | null {
  if (write === null || write.isPure || leaveOperation === null) return null
  return (error) => leaveFailure({ pool, leaveOperation, operation: write.operation }, error)
}

/** PostgreSQL can hold none, wherever they stand; said before anything is made of them. */
export function refuseZeroCharacters({ path, query }: Pick<WebRequest, 'path' | 'query'>): void {
  if (!path.includes('%00') && !query.includes('%00')) return
  const message = 'invalid byte sequence for encoding "UTF8": 0x00'
  throw new DialectError({ status: 400, code: '22021', message })
}
