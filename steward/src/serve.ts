// Puts the entities of a database on the web: pool, room and server, and how they stop together.
import { isIPv4 } from 'node:net'
import { listKeys } from '@steward/access'
import type { Actor } from '@steward/base'
import { openEntities } from '@steward/entities'
import { openPool, type Pool } from '@steward/postgres'
import { openServer, type Server, type ServerOptions } from '@steward/server'
import { leaveInTrail } from '@steward/trail/capability'
import { serveErrors } from './errors.ts'
import { demandRole, type FoundSchemas, findSchemas } from './find-schemas.ts'
import { identifyCallers } from './identify-callers.ts'

/**
 * What is served, where, and to whom.
 *
 * @example
 * const options: ServeOptions = { databaseUrl, office, actor: { type: 'staff', id: 'kim' }, port: 4848 }
 */
export type ServeOptions = Pick<ServerOptions, 'port' | 'logs' | 'logTo'> & {
  databaseUrl: string
  /** Who asks where no key is needed. */
  actor: Actor
  /** 127.0.0.1 unless given. Other machines reach it only when there is a key. */
  host?: string
  /** Demanded of every request without a key of its own, as `Authorization: Bearer`; the actor is then the service `api-key`. */
  key?: string | null
  /** Where the keys of `steward access key` are. */
  office: () => Promise<Pool>
  /** Shown schemas; all with tables of the service unless given. */
  schemas?: readonly string[]
  extraSearchPath?: readonly string[]
  maxRows?: number | null
  allowsPlan?: boolean
  allowsAggregates?: boolean
  allowsTxOverride?: boolean
  /** Speaks the pure dialect, at `/` instead of `/api`, to the web pages of everybody. */
  compat?: { anonymousRole: string | null }
  /** Whose web pages may ask, beside the server's own. */
  origins?: readonly string[]
}

/**
 * What serves.
 *
 * @example
 * const serving: Serving = await serveSteward(options)
 */
export type Serving = FoundSchemas &
  Pick<Server, 'port' | 'close'> & {
    /** Where the entities are: `http://127.0.0.1:4848/api`. */
    url: string
  }

/**
 * Serves a database until it is closed.
 *
 * @throws SERVE_KEY_MISSING, SERVE_SCHEMA_UNKNOWN, SERVE_ROLE_UNKNOWN, SERVER_PORT_TAKEN, POSTGRES_CONNECTION_FAILED
 * @example
 * const { url, close } = await serveSteward({ databaseUrl, office, actor: { type: 'staff', id: 'kim' } })
 */
export async function serveSteward(options: ServeOptions): Promise<Serving> {
  const { databaseUrl, host = '127.0.0.1', key = null, compat, schemas = [], office } = options
  const isOpen = isLoopback(host)
  if (key === null && !isOpen && !(compat === undefined ? await hasKeys(office) : compat.anonymousRole !== null)) {
    throw serveErrors.KEY_MISSING({ host })
  }
  const pool = openPool(databaseUrl)
  try {
    const found = await findSchemas(pool, schemas)
    if (compat?.anonymousRole != null) await demandRole(pool, compat.anonymousRole)
    const room = await openEntities({
      pool,
      schemas: found.schemas,
      ...pick(options, ['extraSearchPath', 'maxRows', 'allowsPlan', 'allowsAggregates', 'allowsTxOverride']),
      ...(compat === undefined ? { leaveOperation: leaveInTrail } : { compat }),
    })
    try {
      const prefix = compat === undefined ? '/api' : '/'
      const crossOrigin = compat === undefined ? options.origins : ('any' as const)
      const server = await openServer({
        ...pick(options, ['port', 'logs', 'logTo']),
        host,
        rooms: [{ prefix, room, ...(crossOrigin === undefined ? {} : { crossOrigin }) }],
        isReady: async () => {
          await pool.query('SELECT 1')
          return true
        },
        identify: identifyCallers({ key, person: isOpen ? options.actor : null, office, isPure: compat !== undefined }),
        // Where nothing else is asked of a caller, at least no web page gets in under a name of its own.
        ...(key === null && isOpen && compat === undefined ? { hosts: ['localhost', '127.0.0.1', '[::1]', host] } : {}),
      })
      return {
        ...found,
        url: prefix === '/' ? server.url : server.url + prefix,
        port: server.port,
        close: async () => {
          await server.close()
          await pool.end()
        },
      }
    } catch (error) {
      await room.close()
      throw error
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function hasKeys(office: ServeOptions['office']): Promise<boolean> {
  return (await listKeys(await office(), false)).length > 0
}

/** Nobody but this machine reaches it. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function pick<Whole extends object, Key extends keyof Whole>(whole: Whole, keys: readonly Key[]): Pick<Whole, Key> {
  return Object.fromEntries(keys.filter((key) => whole[key] !== undefined).map((key) => [key, whole[key]])) as Pick<
    Whole,
    Key
  >
}
