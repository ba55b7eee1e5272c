// What stands at `/`: the tables, views and functions of a schema as an OpenAPI 2.0 document, for tools that ask for it.
import type { CacheColumn, CacheFunction, CacheTable, SchemaCache } from '../catalog/schema-cache.ts'

/**
 * The document of a schema, as JSON.
 *
 * @example
 * JSON.parse(describeRoot('public', cache)).swagger // '2.0'
 */
export function describeRoot(schema: string, cache: SchemaCache): string {
  const tables = cache.tables(schema)
  const functions = cache.functionNames(schema).flatMap((name) => cache.functions(schema, name).slice(0, 1))
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Admin API', version: '1', description: `The schema ${schema}` },
    basePath: '/',
    consumes: mediaTypes,
    produces: mediaTypes,
    paths: Object.fromEntries([
      ['/', { get: { tags: ['Introspection'], summary: 'This document', responses: ok, produces: documentTypes } }],
      ...tables.map((table) => [`/${table.name}`, describePaths(table)]),
      ...functions.map((one) => [`/rpc/${one.name}`, describeCall(one)]),
    ]),
    definitions: Object.fromEntries(tables.map((table) => [table.name, describeTable(table)])),
  })
}

const mediaTypes = ['application/json', 'application/vnd.pgrst.object+json', 'text/csv']
const documentTypes = ['application/openapi+json', 'application/json']
const ok = { 200: { description: 'OK' } }

function describePaths(table: CacheTable): object {
  const summary = table.comment ?? undefined
  const entry = (responses: object, parameters: object[]) => ({ tags: [table.name], summary, parameters, responses })
  const filters = [...table.columns.values()].map(({ name, comment }) => ({
    name,
    in: 'query',
    required: false,
    type: 'string',
    description: comment ?? undefined,
  }))
  const body = { name: table.name, in: 'body', required: false, schema: { $ref: reference(table) } }
  const rows = { type: 'array', items: { $ref: reference(table) } }
  return {
    get: entry({ 200: { description: 'OK', schema: rows }, 206: { description: 'Partial Content' } }, filters),
    ...(table.isInsertable ? { post: entry({ 201: { description: 'Created' } }, [body]) } : {}),
    ...(table.isUpdatable ? { patch: entry({ 204: { description: 'No Content' } }, [...filters, body]) } : {}),
    ...(table.isDeletable ? { delete: entry({ 204: { description: 'No Content' } }, filters) } : {}),
  }
}

function describeCall({ name, parameters, volatility, comment }: CacheFunction): object {
  const tags = [`(rpc) ${name}`]
  const summary = comment ?? undefined
  const named = parameters.filter((parameter) => parameter.name !== '')
  const required = named.filter(({ isRequired }) => isRequired).map((parameter) => parameter.name)
  const properties = Object.fromEntries(named.map((parameter) => [parameter.name, typeOf(parameter.type)]))
  const schema = { type: 'object', ...(required.length > 0 ? { required } : {}), properties }
  const post = { tags, summary, parameters: [{ name: 'args', in: 'body', required: true, schema }], responses: ok }
  if (volatility === 'volatile') return { post }
  const asked = named.map(({ name, isRequired, type }) => ({
    name,
    in: 'query',
    required: isRequired,
    ...plainType(type),
  }))
  return { get: { tags, summary, parameters: asked, responses: ok }, post }
}

function describeTable({ columns, comment }: CacheTable): object {
  const all = [...columns.values()]
  const required = all.filter((column) => !column.isNullable && column.default === null && !column.isGenerated)
  return {
    type: 'object',
    description: comment ?? undefined,
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
    properties: Object.fromEntries(all.map((column) => [column.name, describeColumn(column)])),
  }
}

function describeColumn({ type, comment, maxLength, enumLabels }: CacheColumn): object {
  return {
    ...typeOf(type),
    description: comment ?? undefined,
    maxLength: maxLength ?? undefined,
    enum: enumLabels ?? undefined,
  }
}

/** The type of JSON, and PostgreSQL's own name for it. */
function typeOf(type: string): object {
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

function reference({ name }: CacheTable): string {
  // A JSON pointer in a fragment of a URL.
  return `#/definitions/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`
}
