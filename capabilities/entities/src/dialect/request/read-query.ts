// What the query string asks for: select, filters, order, windows, columns, and the arguments of a function that is read.
import type { DialectRequest, Field, SelectItem } from '../dialect-request.ts'
import { type Comparison, comparison, restOfText } from './condition-parser.ts'
import { nameList, treePath } from './field-parser.ts'
import { logicPath, logicTree } from './logic-parser.ts'
import { orderTerms } from './order-parser.ts'
import { type Parameter, readParameters } from './parameters.ts'
import { either, map, parseText, succeed } from './parser.ts'
import { remember } from './remember.ts'
import { wholeSelect } from './select-parser.ts'

/** The part of a request that is written behind `?`; `windows` are limits and offsets, not yet checked. */
export type QueryPart = Pick<
  DialectRequest,
  'select' | 'filters' | 'order' | 'columns' | 'onConflict' | 'callArguments'
> & { windows: { path: string[]; word: 'limit' | 'offset'; value: string }[] }

const RESERVED = new Set(['select', 'columns', 'on_conflict'])

const readSelect = remember((text) => parseText(wholeSelect, text, 'select parameter'))
const readOrder = remember((text) => parseText(orderTerms, text, 'order'))

const filterComparison = comparison(restOfText)
const filterOrArgument = either(filterComparison, succeed(null))

/** `isCall` is the reading of a function: what is no comparison then is an argument. */
export function readQuery(query: string, isCall: boolean): QueryPart {
  const part: QueryPart = {
    select: [everything()],
    filters: [],
    order: [],
    columns: null,
    onConflict: null,
    callArguments: [],
    windows: [],
  }
  const parameters = readParameters(query)
  for (const parameter of parameters) readParameter(part, parameter, isCall)
  const [select, columns, onConflict] = [...RESERVED].map((name) => parameters.find(([found]) => found === name)?.[1])
  if (columns !== undefined) part.columns = [...new Set(parseText(nameList, columns, 'columns parameter'))]
  if (select !== undefined) part.select = readSelect(select)
  if (onConflict !== undefined) part.onConflict = parseText(nameList, onConflict, 'on_conflict parameter')
  return part
}

function everything(): SelectItem {
  return {
    kind: 'field',
    field: { name: '*', path: [] },
    alias: null,
    cast: null,
    aggregate: null,
    aggregateCast: null,
  }
}

function readParameter(part: QueryPart, [name, value]: Parameter, isCall: boolean): void {
  if (RESERVED.has(name)) return
  const word = name.slice(name.lastIndexOf('.') + 1)
  switch (word) {
    case 'and':
    case 'or': {
      const { path, word: logicWord } = parseText(logicPath, name, 'logic path')
      part.filters.push({ path, what: parseText(logicTree, logicWord + value, 'logic tree', value) })
      return
    }
    case 'order':
      part.order.push({ path: embedPath(name), what: readOrder(value) })
      return
    case 'limit':
    case 'offset':
      part.windows.push({ path: embedPath(name), word, value })
      return
    default:
      readFilter(part, [name, value], isCall)
  }
}

function readFilter(part: QueryPart, [name, value]: Parameter, isCall: boolean): void {
  const { path, field } = readTreePath(name)
  const found = plainComparison(value) ?? parseText(isCall ? filterOrArgument : filterComparison, value, 'filter')
  if (found === null) part.callArguments.push([field.name, value])
  else part.filters.push({ path, what: { kind: 'condition', field, ...found } })
}

// The grammar takes most of the time of a small request, and nearly all names and comparisons are as plain as these.
function readTreePath(name: string): { path: string[]; field: Field } {
  if (/^\w+$/.test(name)) return { path: [], field: { name, path: [] } }
  return parseText(treePath, name, 'tree path')
}

function plainComparison(value: string): Comparison | null {
  const [, operator, text] = /^(eq|neq|gte?|lte?)\.(.*)$/s.exec(value) ?? []
  if (operator === undefined || text === undefined) return null
  return {
    isNegated: false,
    operator: operator as Comparison['operator'],
    quantifier: null,
    language: null,
    values: [text],
  }
}

function embedPath(name: string): string[] {
  if (!name.includes('.')) return []
  return parseText(embedOf, name, 'tree path')
}

const embedOf = map(treePath, ({ path }) => path)
