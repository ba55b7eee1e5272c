// Filtering as SQL: every operator of the dialect, with its values as parameters.
import type { ComparisonOperator } from '../dialect-request.ts'
import type { PlannedField, PlannedLogic } from '../plan-tree.ts'
import type { Statement } from './statement.ts'
import { type NamedRows, writeField } from './write-field.ts'
import { writePresence } from './write-presence.ts'

type Comparison = Extract<PlannedLogic, { kind: 'condition' }>

/** All of these must hold; empty where nothing is asked. */
export function writeWhere(statement: Statement, rows: NamedRows, where: PlannedLogic[], joins: string[] = []): string {
  const conditions = [...joins, ...where.map((logic) => writeLogic(statement, rows, logic))]
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

/** One tree of comparisons over these rows, safe beside AND. */
export function writeLogic(statement: Statement, rows: NamedRows, logic: PlannedLogic): string {
  if (logic.kind === 'presence') return writePresence(logic.embed, logic.isThere)
  if (logic.kind === 'condition') {
    const comparison = writeComparison(statement, writeField(statement, rows, logic.field), logic)
    return logic.isNegated ? `NOT (${comparison})` : comparison
  }
  // `or=()` has no members: PostgreSQL has a word for what that means.
  if (logic.members.length === 0) return (logic.kind === 'and') === logic.isNegated ? 'FALSE' : 'TRUE'
  const members = logic.members.map((member) => writeLogic(statement, rows, member))
  const tree = `(${members.join(logic.kind === 'and' ? ' AND ' : ' OR ')})`
  return logic.isNegated ? `NOT ${tree}` : tree
}

const symbols: Partial<Record<ComparisonOperator, string>> = {
  eq: '=',
  neq: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  ilike: 'ILIKE',
  match: '~',
  imatch: '~*',
  isdistinct: 'IS DISTINCT FROM',
  cs: '@>',
  cd: '<@',
  ov: '&&',
  sl: '<<',
  sr: '>>',
  nxr: '&<',
  nxl: '&>',
  adj: '-|-',
}

const states: Record<string, string> = {
  null: 'NULL',
  not_null: 'NOT NULL',
  true: 'TRUE',
  false: 'FALSE',
  unknown: 'UNKNOWN',
}

const searches: Partial<Record<ComparisonOperator, string>> = {
  fts: 'to_tsquery',
  plfts: 'plainto_tsquery',
  phfts: 'phraseto_tsquery',
  wfts: 'websearch_to_tsquery',
}

function writeComparison(statement: Statement, column: string, comparison: Comparison): string {
  const { operator, quantifier, values } = comparison
  const search = searches[operator]
  if (search !== undefined) return writeSearch(statement, column, comparison, search)
  if (operator === 'is') return `${column} IS ${states[values[0]?.toLowerCase() ?? ''] ?? 'NULL'}`
  if (operator === 'in') return `${column} = ANY (${statement.bind(arrayText(values))})`
  const symbol = symbols[operator]
  if (quantifier !== null) {
    return `${column} ${symbol} ${quantifier === 'any' ? 'ANY' : 'ALL'} (${statement.bind(arrayText(values))})`
  }
  return `${column} ${symbol} ${statement.bind(values[0] ?? '')}`
}

function writeSearch(
  statement: Statement,
  column: string,
  { field, language, values }: Comparison,
  search: string,
): string {
  const config = language === null ? '' : `${statement.bind(language)}, `
  const type = searchedType(field)
  const document = type === null || type === 'tsvector' ? column : `to_tsvector(${config}${column})`
  return `${document} @@ ${search}(${config}${statement.bind(values[0] ?? '')})`
}

/** Of what stands at the end of the path; null where nobody knows, and PostgreSQL must find out. */
function searchedType({ path, type }: PlannedField): string | null {
  if (path.length === 0) return type
  return path.at(-1)?.operator === '->>' ? 'text' : 'jsonb'
}

/** The members as PostgreSQL writes an array, each in quotes, so that NULL and commas are text. */
export function arrayText(members: readonly string[]): string {
  const quoted = members.map((member) => `"${member.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
  return `{${quoted.join(',')}}`
}
