// What stands at the root: the tables, views and functions of a schema as a Swagger 2.0 document, for tools that ask for it.
import type { CacheColumn, CacheFunction, CacheTable, SchemaCache } from '../catalog/schema-cache.ts'
import { writesOf } from '../meta/describe-entities.ts'
import { quoteWord } from '../meta/embed-name.ts'
import type { Onlooker, SeenTable } from '../visibility/see-table.ts'
import { makeSight } from '../visibility/sight.ts'
import type { Json } from './type-schema.ts'

/**
 * The document of a schema, as JSON: what the onlooker sees of it, and of masked columns nothing but that they are there.
 *
 * @example
 * JSON.parse(describeRoot('public', { role, actor, cache })).swagger // '2.0'
 */
export function describeRoot(schema: string, onlooker: Onlooker): string {
  const sight = makeSight(onlooker)
  const { seen } = sight
  const tables = seen.tables(schema).map(sight.see)
  const functions = seen.functionNames(schema).flatMap((name) => seen.functions(schema, name).slice(0, 1))
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Admin API', version: '1', description: `The schema ${schema}` },
    basePath: '/',
    schemes: ['http', 'https'],
    consumes: mediaTypes,
    produces: mediaTypes,
    paths: Object.fromEntries([
      ['/', { get: { tags: ['Introspection'], summary: 'This document', responses: ok, produces: documentTypes } }],
      ...tables.map((one) => [`/${one.table.name}`, describePaths(one)]),
      ...functions.map((one) => [`/rpc/${one.name}`, describeCall(one)]),
    ]),
    definitions: Object.fromEntries(tables.map((one) => [one.table.name, describeTable(one, seen)])),
    parameters: Object.assign({}, sharedParameters, ...tables.map(describeParameters)),
  })
}

const mediaTypes = ['application/json', 'application/vnd.pgrst.object+json', 'text/csv']
const documentTypes = ['application/openapi+json', 'application/json']
const ok = { 200: { description: 'OK' } }

const query = (name: string, description: string): Json => ({
  name,
  in: 'query',
  required: false,
  type: 'string',
  description,
})
const header = (name: string, description: string, values?: string[]): Json => ({
  name,
  in: 'header',
  required: false,
  type: 'string',
  description,
  ...(values === undefined ? {} : { enum: values }),
})
const returns = ['return=representation', 'return=minimal', 'return=headers-only']
const resolutions = ['resolution=ignore-duplicates', 'resolution=merge-duplicates']

const sharedParameters: Readonly<Record<string, Json>> = {
  select: query('select', 'Columns and embedded rows'),
  order: query('order', 'The order of the rows'),
  limit: query('limit', 'At most so many rows'),
  offset: query('offset', 'After so many rows'),
  on_conflict: query('on_conflict', 'Unique columns by which a row is known'),
  columns: query('columns', 'Columns of the body that are written'),
  range: header('Range', 'Rows by place'),
  rangeUnit: { ...header('Range-Unit', 'What Range counts'), default: 'items' },
  preferCount: header('Prefer', 'How rows are counted', ['count=exact', 'count=planned', 'count=estimated']),
  preferReturn: header('Prefer', 'What is sent back', returns),
  preferPost: header('Prefer', 'What is sent back, and what is done with a row that is there', [
    ...returns,
    ...resolutions,
  ]),
  preferParams: header('Prefer', 'How arguments are sent', ['params=single-object']),
}

function reference(kind: 'definitions' | 'parameters', name: string): Json {
  // A JSON pointer in a fragment of a URL.
  return { $ref: `#/${kind}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}` }
}

function describePaths(seen: SeenTable): Json {
  const { table } = seen
  const writes = writesOf(seen)
  const entry = (responses: Json, parameters: Json[]) => ({
    tags: [table.name],
    ...commented(table.comment, 'summary'),
    parameters,
    responses,
  })
  const filters = filteredColumns(seen).map(({ name }) => reference('parameters', `rowFilter.${table.name}.${name}`))
  const shared = (...names: string[]) => names.map((name) => reference('parameters', name))
  const body = reference('parameters', `body.${table.name}`)
  const rows = { type: 'array', items: reference('definitions', table.name) }
  const read = [...filters, ...shared('select', 'order', 'range', 'rangeUnit', 'offset', 'limit', 'preferCount')]
  const done = { 204: { description: 'No Content' } }
  return {
    get: entry({ 200: { description: 'OK', schema: rows }, 206: { description: 'Partial Content' } }, read),
    ...(writes.includes('insert')
      ? {
          post: entry({ 201: { description: 'Created' } }, [
            body,
            ...shared('select', 'columns', 'on_conflict', 'preferPost'),
          ]),
        }
      : {}),
    ...(writes.includes('update') ? { patch: entry(done, [...filters, body, ...shared('preferReturn')]) } : {}),
    ...(writes.includes('delete') ? { delete: entry(done, [...filters, ...shared('preferReturn')]) } : {}),
  }
}

function describeParameters(seen: SeenTable): Json {
  const { table } = seen
  const body = { name: table.name, in: 'body', required: false, schema: reference('definitions', table.name) }
  const filters = filteredColumns(seen).map((column): [string, Json] => [
    `rowFilter.${table.name}.${column.name}`,
    {
      name: quoteWord(column.name),
      in: 'query',
      required: false,
      type: 'string',
      ...commented(column.comment, 'description'),
    },
  ])
  return {
    [`body.${table.name}`]: { ...body, ...commented(table.comment, 'description') },
    ...Object.fromEntries(filters),
  }
}

function filteredColumns({ table, masks }: SeenTable): CacheColumn[] {
  return [...table.columns.values()].filter(({ name }) => !masks.has(name))
}

function commented(comment: string | null, key: string): Json {
  return comment === null ? {} : { [key]: comment }
}

function describeCall({ name, parameters, volatility, comment }: CacheFunction): Json {
  const tags = [`(rpc) ${name}`]
  const summary = commented(comment, 'summary')
  const named = parameters.filter((parameter) => parameter.name !== '')
  const required = named.filter(({ isRequired }) => isRequired).map((parameter) => parameter.name)
  const properties = Object.fromEntries(named.map((parameter) => [parameter.name, typeOf(parameter.type)]))
  const schema = { type: 'object', ...(required.length > 0 ? { required } : {}), properties }
  const args = { name: 'args', in: 'body', required: true, schema }
  const post = { tags, ...summary, parameters: [args, reference('parameters', 'preferParams')], responses: ok }
  if (volatility === 'volatile') return { post }
  const asked = named.map((parameter) => ({
    name: parameter.name,
    in: 'query',
    required: parameter.isRequired,
    ...askedType(parameter.type),
  }))
  return { get: { tags, ...summary, parameters: asked, responses: ok }, post }
}

// A query holds text: a list is written `{a,b}`.
function askedType(type: string): Json {
  const format = type.replace(/\([^)]*\)/, '')
  return { format, ...(format.endsWith('[]') || /^jsonb?$/.test(format) ? { type: 'string' } : plainType(format)) }
}

function describeTable({ table, masks }: SeenTable, cache: SchemaCache): Json {
  const all = [...table.columns.values()]
  const required = all.filter((column) => !column.isNullable && column.default === null && !column.isGenerated)
  return {
    type: 'object',
    ...commented(table.comment, 'description'),
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
    properties: Object.fromEntries(
      all.map((column) => [column.name, describeColumn(column, { table, cache, isMasked: masks.has(column.name) })]),
    ),
  }
}

type Around = { table: CacheTable; cache: SchemaCache; isMasked: boolean }

function describeColumn(column: CacheColumn, { table, cache, isMasked }: Around): Json {
  const { name, type, comment, maxLength, enumLabels } = column
  const notes = [
    ...(table.primaryKey.includes(name) ? ['This is a Primary Key.<pk/>'] : []),
    ...foreignKeys(column, table, cache),
  ]
  const noted = notes.length === 0 ? '' : `Note:\n${notes.join('\n')}`
  const description = [comment ?? '', noted].filter((part) => part !== '').join('\n\n')
  return {
    ...typeOf(type),
    ...(description === '' ? {} : { description }),
    ...(isMasked || maxLength === null ? {} : { maxLength }),
    ...(isMasked || enumLabels === null ? {} : { enum: enumLabels }),
    ...(isMasked || column.default === null ? {} : literalDefault(column.default)),
  }
}

// Tools look for the marks at the end, which PostgREST has made a habit.
function foreignKeys({ name }: CacheColumn, table: CacheTable, cache: SchemaCache): string[] {
  return cache.relationships(table).flatMap((way) => {
    if (way.kind !== 'many-to-one' || way.columns.length !== 1 || way.columns[0]?.origin !== name) return []
    if (cache.table(way.target.schema, way.target.name)?.kind === 'view') return []
    const column = way.columns[0].target
    return [
      `This is a Foreign Key to \`${way.target.name}.${column}\`.<fk table='${way.target.name}' column='${column}'/>`,
    ]
  })
}

/** A default that is a value, and no expression. */
function literalDefault(expression: string): Json {
  const text = /^'((?:[^']|'')*)'::[\w ".]+$/.exec(expression)?.[1]
  if (text !== undefined) return { default: text.replaceAll("''", "'") }
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(expression)) return { default: Number(expression) }
  return expression === 'true' || expression === 'false' ? { default: expression === 'true' } : { default: expression }
}

/** The type of JSON, and PostgreSQL's own name for it. */
function typeOf(type: string): Json {
  const format = type.replace(/\([^)]*\)/, '')
  if (format.endsWith('[]')) return { format, type: 'array', items: plainType(format.slice(0, -2)) }
  if (/^jsonb?$/.test(format)) return { format }
  return { format, ...plainType(format) }
}

function plainType(type: string): { type: string } {
  if (/^(smallint|integer|bigint)$/.test(type)) return { type: 'integer' }
  if (/^(numeric|real|double precision)/.test(type)) return { type: 'number' }
  return { type: type === 'boolean' ? 'boolean' : 'string' }
}
