// Calling: which function is meant, and which argument gets what.
import { findFunction, takesWholeBody } from '../../catalog/find-function.ts'
import type { CacheFunction } from '../../catalog/schema-cache.ts'
import type { Sight } from '../../visibility/sight.ts'
import type { DialectRequest, Payload } from '../dialect-request.ts'
import type { CallPlan } from '../plan-tree.ts'
import { maxAffectedNeedsSet } from './plan-errors.ts'

/**
 * Plans a request to `/rpc/name`.
 *
 * @throws DialectError PGRST202 and PGRST203 for functions that are not found or not told apart, PGRST128 for
 * `max-affected` on a function that gives no set; ENTITIES_FUNCTION_NOT_ALLOWED.
 */
export function planCall(request: DialectRequest, sight: Sight, name: string): CallPlan {
  const isPost = request.method === 'POST'
  if (sight.whole.functions(request.schema, name).length > 0) sight.demandFunction({ schema: request.schema, name })
  const found = findFunction(sight.seen, request.schema, name, {
    argumentNames: isPost ? bodyNames(request) : request.callArguments.map(([argument]) => argument),
    isPost,
    mediaType: request.payload?.kind === 'raw' ? request.payload.mediaType : null,
  })
  checkMaxAffected(request, found)
  return { function: found, arguments: isPost ? fromBody(request, found) : fromQuery(request, found) }
}

/** Values that stand several times in the query are the members of a variadic; elsewhere the last one counts. */
function fromQuery(request: DialectRequest, found: CacheFunction): CallPlan['arguments'] {
  const texts = Map.groupBy(request.callArguments, ([name]) => name)
  const values = found.parameters.flatMap((parameter) => {
    const given = texts.get(parameter.name)?.map(([, text]) => text)
    if (given === undefined) return []
    return [{ parameter, texts: parameter.isVariadic ? given : given.slice(-1) }]
  })
  return { kind: 'values', values }
}

function fromBody(request: DialectRequest, found: CacheFunction): CallPlan['arguments'] {
  const { payload } = request
  const [first] = found.parameters
  if (payload && first && takesWholeBody(found)) {
    return { kind: 'whole', text: payload.text, parameter: first }
  }
  if (payload?.kind !== 'json') return { kind: 'values', values: [] }
  const names = new Set(bodyNames(request))
  return { kind: 'json', ...named(payload), parameters: found.parameters.filter(({ name }) => names.has(name)) }
}

function bodyNames({ columns, payload }: DialectRequest): string[] {
  return columns ?? (payload?.kind === 'json' ? payload.keys : [])
}

function named({ text, isArray }: Extract<Payload, { kind: 'json' }>): { text: string; isArray: boolean } {
  return { text, isArray }
}

function checkMaxAffected({ preferences }: DialectRequest, { returns }: CacheFunction): void {
  if (preferences.handling === 'strict' && preferences.maxAffected !== null && !returns.isSet)
    throw maxAffectedNeedsSet()
}
