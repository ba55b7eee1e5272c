// The third stage of the corridor: the plan as one statement, whose one row is the whole answer.
import { quoteIdentifier } from '@steward/postgres'
import { isHeldBack } from '../visibility/see-table.ts'
import type { PlanOptions } from './dialect-request.ts'
import type { Plan } from './plan-tree.ts'
import type { Query } from './query.ts'
import { Statement } from './sql/statement.ts'
import { needsPageTwice, pageAlias, writeBody } from './sql/write-body.ts'
import { writeCall } from './sql/write-call.ts'
import { writeChange } from './sql/write-change.ts'
import { writeCounted, writeTotal } from './sql/write-count.ts'
import { writeRows } from './sql/write-rows.ts'
import { writeVersion } from './sql/write-version.ts'
import { writeInserted, writeLocation, writeOutside } from './sql/write-written.ts'

/**
 * Writes the statement of a plan. It answers with one AnswerRow; under the format `plan` it is an EXPLAIN of that
 * statement, which answers with lines or with one JSON document.
 *
 * @throws DialectError 42704 for a cast to what is no name of a type.
 * @example
 * const { text, values } = writeQuery(makePlan(request, cache, settings, onlooker))
 */
export function writeQuery(plan: Plan): Query {
  const statement = new Statement()
  const text = writeStatement(statement, plan)
  return statement.toQuery(plan.format.kind === 'plan' ? writeExplain(plan.format) + text : text)
}

/**
 * Writes the EXPLAIN whose topmost `Plan Rows` is how many rows PostgreSQL expects, as one JSON document: the count of
 * a plan whose `count` is `planned` or `estimated`.
 *
 * @example
 * const estimate = writeEstimate(plan) // { text: 'EXPLAIN (FORMAT JSON) SELECT 1 FROM "public"."orders"', values: [] }
 */
export function writeEstimate(plan: Plan): Query {
  const statement = new Statement()
  const before = writeBefore(statement, plan)
  return statement.toQuery(`EXPLAIN (FORMAT JSON) ${writeWith(before)}SELECT 1${writeCounted(statement, plan.rows)}`)
}

function writeExplain({ format, options }: PlanOptions): string {
  const known = new Set(['analyze', 'verbose', 'settings', 'buffers', 'wal'])
  const wanted = options.filter((option) => known.has(option)).map((option) => `, ${option.toUpperCase()}`)
  return `EXPLAIN (FORMAT ${format === 'json' ? 'JSON' : 'TEXT'}${wanted.join('')}) `
}

function writeStatement(statement: Statement, plan: Plan): string {
  const before = writeBefore(statement, plan)
  const page = quoteIdentifier(pageAlias)
  const rows = plan.hasBody || countsSeen(plan) ? writeRows(statement, plan.rows) : null
  const isTwice = rows !== null && plan.hasBody && needsPageTwice(plan.bodyFormat)
  if (isTwice) before.push(`${page} AS (${rows})`)
  const from = rows === null ? `${writeName(plan)} AS ${page}` : isTwice ? page : `(${rows}) AS ${page}`
  const version = writeVersion(statement, plan)
  const values = {
    total: writeTotal(statement, plan),
    page: 'write' in plan && rows !== null ? '(SELECT count(*) FROM "written")::text' : 'count(*)::text',
    body: writeBody(plan),
    location: 'write' in plan ? writeLocation(plan.write) : 'NULL::text',
    inserted: 'write' in plan ? writeInserted(plan.write) : 'NULL::text',
    ...(version === null ? {} : { version }),
    response_headers: `nullif(current_setting('response.headers', true), '')`,
    response_status: `nullif(current_setting('response.status', true), '')`,
  }
  const outside = 'write' in plan ? writeOutside(statement, plan.kind, plan.write) : null
  const all = outside === null ? values : { ...values, outside }
  const list = Object.entries(all).map(([name, value]) => `${value} AS ${name}`)
  return `${writeWith(before)}SELECT ${list.join(', ')} FROM ${from}`
}

/** Where no rows are sent, those of a function are counted as they come, unless not all of them are shown. */
function countsSeen({ kind, rows: { seen } }: Plan): boolean {
  return kind === 'read' || (kind === 'call' && seen !== null && isHeldBack(seen))
}

/** What must have happened before anything can be read. */
function writeBefore(statement: Statement, plan: Plan): string[] {
  if (plan.kind === 'read') return []
  const text = plan.kind === 'call' ? writeCall(statement, plan.call) : writeChange(statement, plan.kind, plan.write)
  return [`${writeName(plan)} AS (${text})`]
}

function writeName(plan: Plan): string {
  return plan.kind === 'call' ? '"called"' : '"written"'
}

function writeWith(before: string[]): string {
  return before.length === 0 ? '' : `WITH ${before.join(', ')} `
}
