// A write as the trail will remember it.
import { type Actor, parseJson, timeOrderedId } from '@steward/base'
import type { Operation, WebRequest } from '@steward/engine'
import { formatEntity } from '@steward/postgres'
import type { DialectRequest } from '../dialect/dialect-request.ts'
import type { PlanKind } from '../dialect/outcome.ts'

// Of a larger body only its size and its columns are kept: the changes themselves are in the trail.
const largestBodyBytes = 4096

/** Who wrote where nobody said who they are. */
const anybody: Actor = { type: 'service', id: 'anonymous' }

/**
 * Makes the operation of a write.
 *
 * @example
 * const { procedure } = makeOperation({ kind: 'update', request, reason }, web) // 'entities.update'
 */
export function makeOperation(
  { kind, request, reason }: { kind: PlanKind; request: DialectRequest; reason: string | null },
  web: WebRequest,
): Operation {
  return newOperation(web, { procedure: procedureOf(kind, request), params: paramsOf(request, web), reason })
}

/** An operation of whoever sends the request. */
export function newOperation(
  web: Pick<WebRequest, 'actor' | 'requestId' | 'operationId' | 'source'>,
  { procedure, params, reason }: Pick<Operation, 'procedure' | 'params' | 'reason'>,
): Operation {
  return {
    id: web.operationId ?? timeOrderedId(),
    actor: web.actor ?? anybody,
    procedure,
    params,
    reason,
    source: web.source ?? 'admin-api',
    requestId: web.requestId,
    runId: null,
    parentId: null,
    reverts: null,
  }
}

function procedureOf(kind: PlanKind, { target, preferences }: DialectRequest): string {
  if (kind === 'call') return `rpc.${target.kind === 'function' ? target.name : ''}`
  if (kind === 'put' || (kind === 'insert' && preferences.resolution !== null)) return 'entities.upsert'
  return `entities.${kind}`
}

function paramsOf(request: DialectRequest, web: WebRequest): unknown {
  const { schema, target, payload, columns } = request
  const name = target.kind === 'root' ? '' : formatEntity({ schema, name: target.name })
  return {
    [target.kind === 'function' ? 'function' : 'entity']: name,
    ...(web.query === '' ? {} : { query: queryParams(web.query) }),
    ...(columns === null ? {} : { columns }),
    ...(payload?.kind === 'json' && web.method !== 'GET' ? bodyParams(payload) : {}),
    ...(payload?.kind === 'raw' ? { bytes: Buffer.byteLength(payload.text), mediaType: payload.mediaType } : {}),
  }
}

function bodyParams({ text, keys, rowCount }: { text: string; keys: string[]; rowCount: number }): object {
  const bytes = Buffer.byteLength(text)
  if (bytes > largestBodyBytes) return { keys, rows: rowCount, bytes }
  return { body: parseJson(text) }
}

// By name, so that whoever keeps it can tell what looks secret.
function queryParams(query: string): Record<string, string | string[]> {
  const params = new URLSearchParams(query)
  const names = [...new Set(params.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = params.getAll(name)
      return [name, values.length === 1 ? (values[0] as string) : values]
    }),
  )
}
