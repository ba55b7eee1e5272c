// A function with all its overloads as a type: what it takes, what it returns, and of which table its rows are.
import { choice, type Field, fields, type Layout, propertyName } from './layout.ts'
import { byName, quote, type TypeBook } from './type-book.ts'
import type { TypedFunction, TypedRelation } from './type-model.ts'
import { columnFields } from './write-relation.ts'

/** How functions are written. */
export type FunctionWriting = {
  book: TypeBook
  relationOf: (name: { schema: string; name: string }) => TypedRelation | null
}

/** The overloads of one name as a property of `Functions`. */
export function writeFunction(name: string, overloads: readonly TypedFunction[], writing: FunctionWriting): Field {
  return [
    propertyName(name),
    choice(
      overloads.map((one) => {
        const rivals = overloads.filter((other) => namesOf(other) === namesOf(one))
        return fields(
          [
            ['Args', writeArguments(one, writing.book)],
            ['Returns', rivals.length > 1 ? undecided(rivals) : writeResult(one, writing)],
            ...writeOrigin(one, writing),
          ],
          { isOpen: false },
        )
      }),
    ),
  ]
}

function writeArguments({ parameters, rowOf }: TypedFunction, book: TypeBook): Layout {
  if (parameters.length === 0) return 'never'
  const row = rowOf === null ? null : book.pathToRow(rowOf)
  return fields(
    parameters
      .toSorted((a, b) => byName(a.name, b.name))
      .map(
        ({ name, type, isRequired }): Field => [
          `${propertyName(name)}${isRequired ? '' : '?'}`,
          row ?? book.typeOf(type, { isInput: true }),
        ],
      ),
    { isOpen: false },
  )
}

function writeResult(one: TypedFunction, { book, relationOf }: FunctionWriting): Layout {
  const { isSet, isOneRow, isVoid, isComposite, type, table, columns } = one
  const suffix = isSet && !(isOneRow && table !== null) ? '[]' : ''
  if (isVoid) return 'undefined'
  if (isUncallable(one)) return onlyOfRows(one)
  if (columns !== null) {
    return fields(
      columns.map((column): Field => [propertyName(column.name), book.typeOf(column.type)]),
      { suffix },
    )
  }
  const relation = table === null ? null : relationOf(table)
  if (relation !== null) return fields(columnFields(relation.columns, book), { suffix })
  const written = book.typeOf(type)
  return `${isComposite && written === 'string' ? 'Record<string, unknown>' : written}${suffix}`
}

// Embedding finds its way by these: from the rows of which relation to the rows of which.
function writeOrigin(one: TypedFunction, { relationOf }: FunctionWriting): Field[] {
  const { schema, rowOf, table, isSet, isOneRow, columns } = one
  if (table === null || columns !== null || table.schema !== schema || relationOf(table) === null) return []
  return [
    [
      'SetofOptions',
      fields([
        ['from', quote(rowOf?.schema === schema ? rowOf.name : '*')],
        ['to', quote(table.name)],
        ['isOneToOne', String(isOneRow)],
        ['isSetofReturn', String(isSet)],
      ]),
    ],
  ]
}

// A column that is computed of a row is asked for with the row, never by a call.
function isUncallable({ parameters, rowOf, table }: TypedFunction): boolean {
  return rowOf !== null && table === null && parameters.length === 1 && parameters[0]?.name === ''
}

function onlyOfRows({ schema, name, rowOf }: TypedFunction): Layout {
  return refusal(`${schema}.${name} cannot be called: it is a column of "${rowOf?.name}", to be selected there`)
}

// Overloads that differ in types alone: the dialect cannot tell which is meant.
function undecided(rivals: readonly TypedFunction[]): Layout {
  const described = rivals.map(({ schema, name, parameters }) => {
    return `${schema}.${name}(${parameters.map((one) => `${one.name} => ${one.type}`).join(', ')})`
  })
  return refusal(`Could not choose the best candidate function between: ${described.join(', ')}`)
}

function refusal(sentence: string): Layout {
  return fields([['error', 'true']], { suffix: ` & ${quote(sentence)}` })
}

function namesOf({ parameters }: TypedFunction): string {
  return JSON.stringify(parameters.map(({ name }) => name).toSorted())
}
