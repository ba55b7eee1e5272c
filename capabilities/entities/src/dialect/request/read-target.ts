// Where a request goes: the method, the entity or function that its path names, and the schema that it is looked for in.
import type { WebRequest } from '@steward/engine'
import type { Settings } from '../../options.ts'
import { DialectError } from '../dialect-error.ts'
import type { DialectRequest, Target } from '../dialect-request.ts'
import { decodeText } from './parameters.ts'

type Method = DialectRequest['method']

const METHODS: Record<Target['kind'], readonly Method[]> = {
  entity: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'],
  function: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  root: ['GET', 'HEAD', 'OPTIONS'],
}

/** @throws PGRST125 for a path that leads nowhere */
export function readTarget(path: string): Target {
  const parts = path.replace(/^\//, '').split('/').map(decodeText)
  const [first = '', second] = parts
  if (parts.length === 1) return first === '' ? { kind: 'root' } : { kind: 'entity', name: first }
  if (parts.length === 2 && first === 'rpc' && second) return { kind: 'function', name: second }
  throw new DialectError({ status: 404, code: 'PGRST125', message: 'Invalid path specified in request URL' })
}

/** @throws PGRST101 for what cannot be done to a function, PGRST117 for what cannot be done at all */
export function readMethod(method: string, target: Target): Method {
  const known = METHODS[target.kind].find((candidate) => candidate === method)
  if (known !== undefined) return known
  if (target.kind === 'function') {
    throw new DialectError({ status: 405, code: 'PGRST101', message: `Cannot use the ${method} method on RPC` })
  }
  throw new DialectError({ status: 405, code: 'PGRST117', message: `Unsupported HTTP method: ${method}` })
}

/**
 * Writes name their schema in Content-Profile, reads in Accept-Profile; without either it is the first one.
 *
 * @throws PGRST106 for a schema that is not exposed
 */
export function readSchema(
  headers: WebRequest['headers'],
  method: Method,
  { schemas }: Pick<Settings, 'schemas'>,
): Pick<DialectRequest, 'schema' | 'isSchemaNamed'> {
  const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
  const profile = headers[isRead ? 'accept-profile' : 'content-profile']
  if (profile === undefined) return { schema: schemas[0], isSchemaNamed: schemas.length > 1 }
  if (schemas.includes(profile)) return { schema: profile, isSchemaNamed: true }
  throw new DialectError({
    status: 406,
    code: 'PGRST106',
    message: `Invalid schema: ${profile}`,
    hint: `Only the following schemas are exposed: ${schemas.join(', ')}`,
  })
}
