// Which overload is called, and how a call is refused: clients compare these texts whole.
import { describe, expect, it } from 'vitest'
import { DialectError } from '../dialect/dialect-error.ts'
import { type FunctionCall, findFunction, takesWholeBody } from './find-function.ts'
import { findTable } from './find-table.ts'
import type { FunctionFact } from './read-facts.ts'
import { makeSchemaCache } from './read-schema-cache.ts'

/** `add(a int, b int = …)`: the parameters as text, those with `=` optional. */
function fact(name: string, ...parameters: string[]): FunctionFact {
  return {
    schema: 'test',
    name,
    isExposed: true,
    parameters: parameters.map((text) => {
      const [, parameter = '', type = '', standard] = /^(?:(\w+) )?(\w+)(=)?$/.exec(text) ?? []
      return { name: parameter, type, isRequired: standard === undefined, isVariadic: false }
    }),
    hasVariadic: false,
    rowOf: null,
    isSet: false,
    isOneRow: true,
    isVoid: false,
    isComposite: false,
    type: 'text',
    table: null,
    volatility: 'volatile',
    settings: {},
    comment: null,
  }
}
const column = { type: 'integer', baseType: 'integer', isNullable: false, default: null, isGenerated: false }
const table = (name: string, oid: number) => ({
  schema: 'test',
  name,
  oid,
  kind: 'table' as const,
  columns: [{ ...column, name: 'id', maxLength: null, enumLabels: null, comment: null, position: 1 }],
  comment: null,
  isInsertable: true,
  isUpdatable: true,
  isDeletable: true,
})
const functions = [
  fact('none'),
  fact('area', 'side integer'),
  fact('area', 'side integer', 'other integer'),
  fact('optional', 'name text='),
  fact('mixed', 'must integer', 'may text='),
  fact('same', 'arg integer'),
  fact('same', 'arg text'),
  fact('take', 'json'),
  fact('take', 'name text', 'age integer'),
  fact('words', 'text'),
  fact('bytes', 'bytea'),
  fact('search', 'val text', 'param text', 'name text'),
  fact('search', 'id integer', 'attr text'),
]
const tables = [table('projects', 1), table('clients', 2)]
const nothing = { serverVersion: 180000, keys: [], foreignKeys: [], views: [], lineage: [] }
const cache = makeSchemaCache({ ...nothing, relations: tables, functions }, [])

const get = (...argumentNames: string[]): FunctionCall => ({ argumentNames, isPost: false, mediaType: null })
const post = (...argumentNames: string[]): FunctionCall => ({ ...get(...argumentNames), isPost: true })
const body = (mediaType: string): FunctionCall => ({ argumentNames: [], isPost: true, mediaType })
const signature = (name: string, call: FunctionCall) =>
  findFunction(cache, 'test', name, call).parameters.map((one) => `${one.name} ${one.type}`)

function refusal(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof DialectError) return { status: error.status, ...error.toJSON() }
    throw error
  }
  throw new Error('It was found')
}
const callRefusal = (name: string, call: FunctionCall) => refusal(() => findFunction(cache, 'test', name, call))

describe('an overload', () => {
  it('is chosen by the names of the arguments', () => {
    expect(signature('area', get('side'))).toEqual(['side integer'])
    expect(signature('area', post('other', 'side'))).toEqual(['side integer', 'other integer'])
    expect(signature('none', get())).toEqual([])
  })

  it('needs not what has a default, and takes nothing that it does not know', () => {
    expect(signature('optional', get())).toEqual(['name text'])
    expect(signature('mixed', get('must'))).toEqual(['must integer', 'may text'])
    expect(callRefusal('mixed', get('may')).code).toBe('PGRST202')
    expect(callRefusal('mixed', get('must', 'more')).code).toBe('PGRST202')
  })

  it('takes the whole body with its one parameter without a name, where no names fit', () => {
    expect(signature('take', post('age', 'name'))).toEqual(['name text', 'age integer'])
    expect(signature('take', post('age'))).toEqual([' json'])
    expect(takesWholeBody(findFunction(cache, 'test', 'take', post()))).toBe(true)
    expect(signature('words', body('text/plain'))).toEqual([' text'])
    expect(signature('bytes', body('application/octet-stream'))).toEqual([' bytea'])
    expect(callRefusal('take', get('x')).code).toBe('PGRST202')
    expect(callRefusal('words', post('x')).code).toBe('PGRST202')
  })

  it('without parameters takes no body that names nothing', () => {
    expect(callRefusal('none', body('text/plain')).code).toBe('PGRST202')
  })
})

describe('a call is refused', () => {
  it('with the nearest function where there is none of the name', () => {
    expect(callRefusal('searc', get('b', 'a'))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function test.searc(a, b) in the schema cache',
      details:
        'Searched for the function test.searc with parameters a, b, but no matches were found in the schema cache.',
      hint: 'Perhaps you meant to call the function test.search',
    })
    expect(callRefusal('noclosealternative', get())).toMatchObject({
      message: 'Could not find the function test.noclosealternative without parameters in the schema cache',
      details:
        'Searched for the function test.noclosealternative without parameters, but no matches were found in the schema cache.',
      hint: null,
    })
  })

  it('with the parameters that are most like the arguments where there are overloads', () => {
    const hint = (...names: string[]) => callRefusal('search', get(...names)).hint
    expect(hint('vall', 'pqaram', 'nam')).toBe('Perhaps you meant to call the function test.search(name, param, val)')
    expect(hint('val', 'param')).toBe('Perhaps you meant to call the function test.search(name, param, val)')
    expect(hint('id', 'attrs')).toBe('Perhaps you meant to call the function test.search(attr, id)')
    expect(hint('id')).toBe('Perhaps you meant to call the function test.search(attr, id)')
    expect(hint('noclosealternative')).toBeNull()
  })

  it('with what else a body could have been for', () => {
    expect(callRefusal('area', post('x')).details).toBe(
      'Searched for the function test.area with parameter x or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
    )
    expect(callRefusal('area', body('text/xml'))).toMatchObject({
      message: 'Could not find the function test.area in the schema cache',
      details:
        'Searched for the function test.area with a single unnamed xml parameter, but no matches were found in the schema cache.',
      hint: null,
    })
  })

  it('with the candidates where several fit', () => {
    expect(callRefusal('same', get('arg'))).toEqual({
      status: 300,
      code: 'PGRST203',
      message:
        'Could not choose the best candidate function between: test.same(arg => integer), test.same(arg => text)',
      details: null,
      hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
    })
  })
})

describe('a table', () => {
  it('is found by name', () => {
    expect(findTable(cache, 'test', 'clients').name).toBe('clients')
  })

  it('is refused with the nearest name, if any is near', () => {
    expect(refusal(() => findTable(cache, 'test', 'projecxx'))).toEqual({
      status: 404,
      code: 'PGRST205',
      message: "Could not find the table 'test.projecxx' in the schema cache",
      details: null,
      hint: "Perhaps you meant the table 'test.projects'",
    })
    expect(refusal(() => findTable(cache, 'test', 'garlic')).hint).toBeNull()
  })

  it('is refused without a hint in a schema of 500 tables', () => {
    const many = Array.from({ length: 500 }, (_, number) => table(`project_${number}`, number + 1))
    const large = makeSchemaCache({ ...nothing, relations: many, functions: [] }, [])
    expect(refusal(() => findTable(large, 'test', 'project_1x')).hint).toBeNull()
  })
})
