// The route /changesets: requests of the dialect in one transaction, as one operation, with one reason and one diff.
import { printJson } from '@steward/base'
import type { Operation, WebAnswer, WebRequest } from '@steward/engine'
import { quoteIdentifier, type Transaction } from '@steward/postgres'
import { answerPlan, furtherQueries, writtenQuery } from '../dialect/answer-plan.ts'
import { refuseZeroCharacters } from '../dialect/answer-request.ts'
import { checkOutcome } from '../dialect/check-outcome.ts'
import { DialectError } from '../dialect/dialect-error.ts'
import { fly } from '../dialect/flight.ts'
import { type Prepared, prepareRequest } from '../dialect/prepare-request.ts'
import type { Query } from '../dialect/query.ts'
import { readRequest } from '../dialect/read-request.ts'
import { runSteps, settingsStatement } from '../dialect/run-query.ts'
import { isolationOf, transactionSettings } from '../dialect/transaction-settings.ts'
import { refusalOf } from '../dialect/translate-error.ts'
import { entitiesErrors } from '../errors.ts'
import { asksForDryRun, bodyText } from '../operations/begin-write.ts'
import { leaveFailure } from '../operations/leave-failure.ts'
import { makeOperation, newOperation } from '../operations/make-operation.ts'
import { readChangesIfKept } from '../operations/read-changes.ts'
import { readReason } from '../operations/reason.ts'
import { demandMethod, demandNoMore, readJsonBody } from '../own-routes.ts'
import type { Room } from '../room.ts'
import { prefixed, targetOf } from '../target-of.ts'
import { lookAs } from '../visibility/onlooker.ts'
import type { Onlooker } from '../visibility/see-table.ts'
import { asWebRequest, Changeset, mostRequests } from './changeset.ts'

/** Characters: all answers are held until the last is known. */
const mostAnswered = 64 * 1024 * 1024

/**
 * Answers `{ results, changes, operation }`: what each request would have been answered with, in order; what all of them
 * have changed, triggers and cascades included, oldest first, or null where no trail records it; and the operation's id,
 * null where nothing is kept. The first request that is refused takes everything back: its refusal is the answer, and
 * `details` begins with its place, `requests[2]`. Reads see what was written before them. A dry run (`dryRun`, or
 * `Prefer: tx=rollback`) needs no reason, fires what is deferred to the end, and keeps nothing.
 *
 * @throws ENTITIES_BODY_INVALID, ENTITIES_CHANGESET_TOO_LONG, ENTITIES_CHANGESET_ANSWER_TOO_LARGE, ENTITIES_ROUTE_METHOD,
 * ENTITIES_DRY_RUN_REFUSED, and whatever a request is refused with
 */
export async function answerChangeset(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandNoMore(web, rest)
  demandMethod(web, ['POST'])
  const { requests, reason, dryRun } = readJsonBody(web, Changeset)
  if (requests.length > mostRequests)
    throw entitiesErrors.CHANGESET_TOO_LONG({ count: requests.length, most: mostRequests })
  const isRolledBack = asksForDryRun(web)
  if (isRolledBack && !room.settings.allowsTxOverride) throw entitiesErrors.DRY_RUN_REFUSED()
  const isRehearsed = dryRun || isRolledBack
  const said = reason?.replaceAll('\0', ' ').trim() || null
  const operation = newOperation(web, {
    procedure: 'entities.changeset',
    params: null,
    reason: said ?? readReason(web, room.settings),
  })
  const onlooker = lookAs(web, room.settings, room.cache())
  const together = { operation, isRehearsed }
  const parts = requests.map((request, place) =>
    placed(onlooker, place, () => preparePart(room, asWebRequest(web, request), together)),
  )
  const { reason: why } = operation
  const writes = parts.filter(({ prepared }) => prepared.write !== null)
  operation.params = { requests: writes.map(({ prepared, web: sent }) => describePart(prepared, sent, why)) }
  const answer = await runParts(room, web, { parts, operation, isRehearsed })
  return isRolledBack ? { ...answer, headers: { ...answer.headers, 'Preference-Applied': 'tx=rollback' } } : answer
}

/** A write as it would be remembered alone. */
function describePart({ plan: { kind, request } }: Prepared, web: WebRequest, reason: string | null) {
  const { procedure, params } = makeOperation({ kind, request, reason }, web)
  return { procedure, params }
}

type Part = { web: WebRequest; prefix: string; prepared: Prepared }
type Running = { parts: Part[]; operation: Operation; isRehearsed: boolean }

function preparePart(room: Room, sent: WebRequest, together: Omit<Running, 'parts'>): Part {
  refuseZeroCharacters(sent)
  const { web, prefix } = targetOf(sent)
  const request = readRequest(web, room.settings)
  if (request.method === 'OPTIONS' || request.target.kind === 'root')
    throw entitiesErrors.ROUTE_UNKNOWN({ path: sent.path.slice(0, 200) })
  // What is kept is decided for all of them at once.
  request.preferences.tx = null
  return { web, prefix, prepared: prepareRequest(room, web, request, together) }
}

async function runParts({ settings, cache }: Room, web: WebRequest, running: Running): Promise<WebAnswer> {
  const onlooker = lookAs(web, settings, cache())
  const { parts, operation, isRehearsed } = running
  const isReadOnly = parts.every(({ prepared }) => prepared.plan.isReadOnly)
  const { leaveOperation, pool } = settings
  const results: string[] = []
  let length = 0
  let changes: unknown[] | null = null
  await runSteps(pool, {
    isReadOnly,
    isolation: strictest(parts),
    isRolledBack: isRehearsed,
    afterFailure:
      isReadOnly || isRehearsed || leaveOperation === null
        ? null
        : (error) => leaveFailure({ pool, leaveOperation, operation }, error),
    steps: async (transaction) => {
      let carried: string[] = []
      for (const [place, part] of parts.entries()) {
        const own = transactionSettings({ plan: part.prepared.plan, web: part.web, settings, operation })
        const answer = await placedLater(onlooker, place, () =>
          runPart(transaction, part, {
            before: [...backTo(carried, own), settingsStatement(own)],
            isGuarded: part.prepared.plan.isReadOnly && !isReadOnly,
          }),
        )
        const text = resultText(answer)
        length += text.length
        if (length > mostAnswered) throw entitiesErrors.CHANGESET_ANSWER_TOO_LARGE({ most: mostAnswered })
        results.push(text)
        carried = own.map(([name]) => name)
      }
      await fly(transaction, [{ text: 'SET CONSTRAINTS ALL IMMEDIATE', values: [] }])
      if (isReadOnly) return
      changes = await readChangesIfKept(transaction, { operation, role: web.role })
      if (!isRehearsed && changes !== null) await leaveOperation?.leave(transaction, operation, { outcome: 'done' })
    },
  })
  const id = isReadOnly || isRehearsed ? null : operation.id
  const body = `{"results":[${results.join(',')}],"changes":${printJson(changes)},"operation":${JSON.stringify(id)}}`
  const headers: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8' }
  return { status: 200, headers: id === null ? headers : { ...headers, 'Steward-Operation': id }, body, rows: null }
}

/** `isGuarded`: it must not write, and its transaction may. */
type Round = { before: Query[]; isGuarded: boolean }

async function runPart(
  transaction: Transaction,
  { web, prefix, prepared }: Part,
  { before, isGuarded }: Round,
): Promise<WebAnswer> {
  const { plan, cap } = prepared
  const own = [writtenQuery(plan), ...furtherQueries(plan)]
  const statements = isGuarded ? [...beginReading, ...own, endReading] : own
  const landed = (await fly(transaction, [...before, ...statements])).slice(before.length)
  const answered = isGuarded ? landed.slice(beginReading.length, -1) : landed
  checkOutcome(plan, answered, cap)
  const answer = answerPlan(plan, web, answered)
  return { ...answer, headers: prefixed(answer.headers, prefix), body: web.method === 'HEAD' ? null : answer.body }
}

// A subtransaction may be stricter than the one around it, which writes again when that has ended.
const beginReading: readonly Query[] = [
  { text: 'SAVEPOINT steward_reading', values: [] },
  { text: 'SET TRANSACTION READ ONLY', values: [] },
]
const endReading: Query = { text: 'RELEASE SAVEPOINT steward_reading', values: [] }

/** The settings that the request before had set and this one does not are the server's own again. */
function backTo(carried: readonly string[], own: readonly [string, string][]): Query[] {
  const kept = new Set(own.map(([name]) => name))
  const left = [...new Set(carried)].filter((name) => !kept.has(name))
  return [
    ...left.map((name) => ({
      text: `SET LOCAL ${name.split('.').map(quoteIdentifier).join('.')} TO DEFAULT`,
      values: [],
    })),
    // What a function said of one answer is not said of the next.
    { text: `SELECT set_config('response.headers', '', true), set_config('response.status', '', true)`, values: [] },
  ]
}

/** As strict as the strictest function among them asks. */
function strictest(parts: readonly Part[]): string | null {
  const asked = parts.map(({ prepared }) => isolationOf(prepared.plan))
  return asked.find((level) => level === 'serializable') ?? asked.find((level) => level === 'repeatable read') ?? null
}

// JSON goes in as it is, to the last digit; anything else as a text.
function resultText({ status, headers, body }: WebAnswer): string {
  return `{"status":${status},"headers":${JSON.stringify(headers)},"body":${bodyText(headers, body)}}`
}

/** Runs a request's part, and says of a refusal whose it is. */
function placed<Result>(onlooker: Onlooker, place: number, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw placedRefusal(error, place, onlooker)
  }
}

async function placedLater<Result>(onlooker: Onlooker, place: number, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw placedRefusal(error, place, onlooker)
  }
}

function placedRefusal(error: unknown, place: number, onlooker: Onlooker): unknown {
  const { status, code, message, details, hint, headers } = refusalOf(error, onlooker)
  // Nobody expected it, and nobody's request is to blame.
  if (code === entitiesErrors.UNEXPECTED.code) return error
  const name = `requests[${place}]`
  const more = details === null ? name : typeof details === 'string' ? `${name}: ${details}` : [name, details].flat()
  return new DialectError({ status, code, message, details: more, hint, headers, cause: error })
}
