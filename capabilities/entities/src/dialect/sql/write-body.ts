// Formatting as SQL: the rows of the page as the text that is sent back.
import type { AnswerFormat } from '../dialect-request.ts'
import { textOfNumber } from '../plan/text-numbers.ts'
import type { Plan } from '../plan-tree.ts'
import { quoteColumn } from './statement.ts'
import { scalarColumn } from './write-call.ts'
import { writeShown } from './write-columns.ts'

/** What the rows of the page are called around the body. */
export const pageAlias = 'steward page'
const page = `"${pageAlias}"`

/** The body, an aggregate over the page. */
export function writeBody(plan: Plan): string {
  if (!plan.hasBody) return 'NULL::text'
  const format = plan.bodyFormat
  switch (format.kind) {
    case 'object':
      return writeObject(plan, format.isNullsStripped)
    case 'array':
      return writeJson(plan, format.isNullsStripped)
    case 'csv':
      return writeCsv()
    case 'geojson':
      return `json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(${page}.*)::json), '[]'))::text`
    case 'text':
    case 'binary':
      return `string_agg(${isScalar(plan) ? writeValue(plan) : `${page}.*`}::text, '')`
    case 'json':
    case 'openapi':
    case 'plan':
      return writeJson(plan, false)
  }
}

/** The page must be read twice: for the names of its columns and for its rows. */
export function needsPageTwice(format: AnswerFormat): boolean {
  return format.kind === 'csv'
}

function writeJson(plan: Plan, isNullsStripped: boolean): string {
  const list = `json_agg(${writeMember(plan, isNullsStripped)})`
  if (plan.kind === 'call' && !plan.call.function.returns.isSet) return `coalesce(${list} -> 0, 'null')::text`
  return `coalesce(${list}, '[]')::text`
}

// Not the first of a JSON list: to find it there, PostgreSQL would have to read all of the text that it has just written.
function writeObject(plan: Plan, isNullsStripped: boolean): string {
  return `coalesce((array_agg(to_json(${writeMember(plan, isNullsStripped)})))[1], 'null')::text`
}

function writeMember(plan: Plan, isNullsStripped: boolean): string {
  const value = hasUnknownNumbers(plan) ? writeTextNumbers() : writeValue(plan)
  if (!isNullsStripped) return value
  return `json_strip_nulls(${isScalar(plan) ? `to_json(${value})` : hasUnknownNumbers(plan) ? value : `row_to_json(${value})`})`
}

/** Of a function whose columns nobody knows, any of them may be one that JavaScript would not hold. */
function hasUnknownNumbers(plan: Plan): boolean {
  if (plan.kind !== 'call' || !plan.rows.hasTextNumbers || plan.rows.table !== null || isScalar(plan)) return false
  return plan.rows.columns.some(
    (column) => column.kind === 'star' || (column.kind === 'field' && column.field?.type === null),
  )
}

function writeTextNumbers(): string {
  const text = `CASE json_typeof(value) WHEN 'number' THEN to_json(value #>> '{}') ELSE value END`
  return `(SELECT json_object_agg(key, ${text}) FROM json_each(row_to_json(${page}.*)))`
}

/** The bare value where a function gives values instead of rows. */
function writeValue(plan: Plan): string {
  if (!isScalar(plan)) return `${page}.*`
  const value = quoteColumn(pageAlias, scalarColumn)
  return writeShown(value, {
    shownAs: plan.kind === 'call' && plan.rows.hasTextNumbers ? textOfNumber(plan.call.function.returns.type) : null,
  })
}

function isScalar(plan: Plan): boolean {
  return (
    plan.kind === 'call' &&
    !plan.call.function.returns.isComposite &&
    plan.rows.columns.length === 1 &&
    plan.rows.columns[0]?.kind === 'star'
  )
}

/** A line of column names and a line a row; a row is printed as PostgreSQL prints it, without its parentheses. */
function writeCsv(): string {
  const first = `(SELECT * FROM ${page} LIMIT 1) AS "steward first"`
  const names = `json_object_keys(row_to_json("steward first".*)) AS "steward names"(name)`
  const header = `(SELECT string_agg("steward names".name, ',') FROM ${first}, ${names})`
  const line = `substr((${page}.*)::text, 2, length((${page}.*)::text) - 2)`
  return `coalesce(${header}, '') || E'\\n' || coalesce(string_agg(${line}, E'\\n'), '')`
}
