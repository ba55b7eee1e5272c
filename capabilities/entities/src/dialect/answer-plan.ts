// From a plan to its statements, and from what they answered to an answer: the same alone and in a changeset.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { contentType, profile, sent } from './answer-headers.ts'
import { DialectError } from './dialect-error.ts'
import type { Landed } from './flight.ts'
import { isResolved, toAnswerRow, toTotal } from './landed-row.ts'
import { makeAnswer } from './make-answer.ts'
import type { Plan } from './plan.ts'
import type { Query } from './query.ts'
import { writeEstimate, writeQuery } from './write-query.ts'

/**
 * The statement of a plan. Names that PostgreSQL cannot have are the request's, and refused in the words that PostgreSQL
 * has for them.
 *
 * @throws DialectError 42601, 42704
 */
export function writtenQuery(plan: Plan): Query {
  try {
    return writeQuery(plan)
  } catch (error) {
    if (!(error instanceof TypeError) || !error.message.startsWith('PostgreSQL has no name like')) throw error
    const message = 'zero-length delimited identifier at or near """"'
    throw new DialectError({ status: 400, code: '42601', message, cause: error })
  }
}

/** What is asked of the database beside it: an estimate of the rows. */
export function furtherQueries(plan: Plan): Query[] {
  const isEstimated = plan.count === 'planned' || plan.count === 'estimated'
  if (!isEstimated || plan.format.kind === 'plan') return []
  return plan.kind === 'read' || plan.kind === 'call' ? [writeEstimate(plan)] : []
}

/**
 * The answer, made of what the statement and those beside it answered. They have been checked.
 *
 * @throws PGRST103, PGRST111, PGRST112
 */
export function answerPlan(plan: Plan, web: Pick<WebRequest, 'query'>, [answered, estimate]: Landed[]): WebAnswer {
  if (plan.format.kind === 'plan') return answerExplained(plan, answered)
  const row = toAnswerRow(answered)
  return makeAnswer({
    kind: plan.kind,
    request: plan.request,
    format: plan.format,
    rawQuery: web.query,
    isVoid: plan.kind === 'call' && plan.call.function.returns.isVoid,
    isResolved: isResolved(plan),
    versionKind: plan.version?.kind ?? null,
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
