// Calling as SQL: the statement that stands first in WITH and gives the rows of a function.
import { quoteIdentifier } from '@steward/postgres'
import type { CacheParameter } from '../../catalog/schema-cache.ts'
import type { CallPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import { arrayText } from './write-filter.ts'

/** The column of a function that gives one value a row. Clients may filter by it. */
export const scalarColumn = 'pgrst_scalar'

const argumentsAlias = 'steward arguments'
const rowAlias = 'steward row'

/** The SELECT that calls the function. */
export function writeCall(statement: Statement, call: CallPlan): string {
  const { returns } = call.function
  const { passed, from } = writeArguments(statement, call)
  const row = quoteIdentifier(rowAlias)
  const columns = returns.isComposite ? '' : `(${quoteIdentifier(scalarColumn)})`
  return `SELECT ${row}.* FROM ${from}${quoteName(call.function)}(${passed.join(', ')}) AS ${row}${columns}`
}

/** `from` gives what the arguments are taken from. */
function writeArguments(statement: Statement, call: CallPlan): { passed: string[]; from: string } {
  const given = call.arguments
  if (given.kind === 'whole') {
    return { passed: [`${statement.bind(given.text)}::${argumentType(given.parameter)}`], from: '' }
  }
  if (given.kind === 'values') {
    const passed = given.values.map(({ parameter, texts }) => {
      const text = parameter.isVariadic ? arrayText(texts) : (texts[0] ?? '')
      return passArgument(parameter, `${statement.bind(text)}::${argumentType(parameter)}`)
    })
    return { passed, from: '' }
  }
  if (given.parameters.length === 0) return { passed: [], from: '' }
  const columns = given.parameters.map((parameter) => `${quoteIdentifier(parameter.name)} ${argumentType(parameter)}`)
  const sent = statement.bind(given.text) + (given.isArray ? '::json -> 0' : '')
  return {
    passed: given.parameters.map((parameter) => passArgument(parameter, quoteColumn(argumentsAlias, parameter.name))),
    from: `json_to_record(${sent}) AS ${quoteIdentifier(argumentsAlias)}(${columns.join(', ')}), `,
  }
}

function passArgument({ name, isVariadic }: CacheParameter, value: string): string {
  return `${isVariadic ? 'VARIADIC ' : ''}${quoteIdentifier(name)} => ${value}`
}

// A parameter has no length, but these names mean a length of one.
const unboundedTypes: Record<string, string> = { character: 'bpchar', bit: 'bit varying', 'character[]': 'bpchar[]' }

function argumentType({ type }: CacheParameter): string {
  return unboundedTypes[type] ?? type
}
