// OPTIONS: what can be done with a table, a view or a function; and the preflights of browsers.
import type { WebAnswer } from '@steward/engine'
import { findFunction } from '../catalog/find-function.ts'
import { findTable } from '../catalog/find-table.ts'
import type { CacheTable, SchemaCache } from '../catalog/schema-cache.ts'
import type { DialectRequest } from './dialect-request.ts'

/**
 * The answer to OPTIONS. `isOpen` lets pages of any origin in, as the pure dialect does; without it a browser refuses to
 * send what it asked about, since the answer does not allow it.
 *
 * @throws PGRST205, PGRST202 for what there is not
 */
export function answerOptions(request: DialectRequest, cache: SchemaCache, { isOpen }: { isOpen: boolean }): WebAnswer {
  const allow = allowedMethods(request, cache)
  const headers: Record<string, string> = { Allow: allow }
  return { status: 200, headers: isOpen ? { 'Access-Control-Allow-Origin': '*', ...headers } : headers, body: null }
}

/**
 * The answer to a preflight, or null where the request is none.
 *
 * @example
 * answerPreflight({ origin: 'https://shop.example', 'access-control-request-method': 'PATCH' })?.status // 200
 */
export function answerPreflight(headers: Readonly<Record<string, string>>): WebAnswer | null {
  if (headers.origin === undefined || headers['access-control-request-method'] === undefined) return null
  const asked = (headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim())
  const names = ['Authorization', ...asked.filter(isHeaderName), 'Accept', 'Accept-Language', 'Content-Language']
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD',
      'Access-Control-Allow-Headers': names.join(', '),
      'Access-Control-Max-Age': '86400',
    },
    body: null,
  }
}

/** What a page of another origin may read of an answer. */
export function openToPages(headers: Readonly<Record<string, string>>): Record<string, string> {
  if (headers.origin === undefined) return {}
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers':
      'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit',
  }
}

function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name)
}

function allowedMethods({ target, schema }: DialectRequest, cache: SchemaCache): string {
  if (target.kind === 'root') return 'OPTIONS,GET,HEAD'
  if (target.kind === 'entity') return tableMethods(findTable(cache, schema, target.name))
  const [first] = cache.functions(schema, target.name)
  const call = { argumentNames: [], isPost: false, mediaType: null }
  const { volatility } = first ?? findFunction(cache, schema, target.name, call)
  return volatility === 'volatile' ? 'OPTIONS,POST' : 'OPTIONS,GET,HEAD,POST'
}

function tableMethods({ primaryKey, isInsertable, isUpdatable, isDeletable }: CacheTable): string {
  const methods = ['OPTIONS,GET,HEAD']
  if (isInsertable) methods.push('POST')
  if (isInsertable && isUpdatable && primaryKey.length > 0) methods.push('PUT')
  if (isUpdatable) methods.push('PATCH')
  if (isDeletable) methods.push('DELETE')
  return methods.join(',')
}
