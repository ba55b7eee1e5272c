// `steward serve`, without the command: Steward over a database in a web server of its own.
import { isIPv4 } from 'node:net'
import { hasPeople, listKeys, offerFirstLink } from '@steward/access'
import { type Actor, isStewardError } from '@steward/base'
import { openPool, type Pool } from '@steward/postgres'
import { type MountedRoom, openServer, type Server, type ServerOptions } from '@steward/server'
import { isOutdated, leaveInTrail, readTracking } from '@steward/trail/capability'
import type { Configuration } from './config/configuration.ts'
import { readConfiguration } from './config/read-configuration.ts'
import { serveErrors } from './errors.ts'
import type { FoundSchemas } from './find-schemas.ts'
import { type OpenStewardOptions, openConfigured } from './open-steward.ts'
import { pick } from './pick.ts'

/**
 * What is served, where, and to whom.
 *
 * @example
 * const options: ServeOptions = { databaseUrl, office, actor: { type: 'staff', id: 'kim' }, port: 4848 }
 */
export type ServeOptions = Pick<ServerOptions, 'port' | 'logs' | 'logTo' | 'limits'> &
  Omit<OpenStewardOptions, 'officeUrl' | 'person' | 'identify'> & {
    /** Who asks where no key is needed. */
    actor: Actor
    /** Everybody signs in, also at this machine: for a demonstration of people and their roles. */
    demandsSignIn?: boolean
    /** 127.0.0.1 unless given. Other machines reach it only when there is a key. */
    host?: string
    /** Steward's own database, with the keys of `steward access key`; it stays the caller's. */
    office: () => Promise<Pool>
    /** The default export of steward.config.ts; what is given here beside it holds instead of it. */
    configuration?: Configuration
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
    /** Where the back office is, as people reach it; null where its pages are not served. */
    backOffice: string | null
    /** While nobody has signed in ever: the link by which the first admin does, once. */
    firstLink: { link: string; expiresAt: string } | null
  }

/**
 * Serves a database until it is closed. The pure dialect (`compat`) is served at `/` instead of `/api`, to the web pages of
 * everybody.
 *
 * @throws SERVE_KEY_MISSING, SERVE_SCHEMA_UNKNOWN, SERVE_ROLE_UNKNOWN, SERVER_PORT_TAKEN, POSTGRES_CONNECTION_FAILED,
 * CONFIG_INVALID, CONFIG_SHOWS_TOO_MUCH
 * @example
 * const { url, close } = await serveSteward({ databaseUrl, office, actor: { type: 'staff', id: 'kim' } })
 */
export async function serveSteward(options: ServeOptions): Promise<Serving> {
  const { key = null, compat, office, configuration, actor, demandsSignIn = false, ...opened } = options
  const configured = readConfiguration(configuration)
  const { server: place = {} } = configured.configuration
  const host = options.host ?? place.host ?? '127.0.0.1'
  const isOpen = isLoopback(host)
  if (key === null && !isOpen && !(compat === undefined ? await hasCallers(office) : compat.anonymousRole !== null)) {
    throw serveErrors.KEY_MISSING({ host })
  }
  const port = options.port ?? place.port ?? 0
  const steward = await openConfigured({
    ...(port === 0 || place.url !== undefined ? {} : { url: `http://${host}:${port}` }),
    ...opened,
    ...(compat === undefined ? {} : { compat }),
    configured,
    key,
    person: isOpen && !demandsSignIn ? actor : null,
    office,
    closeOffice: async () => undefined,
  })
  if (compat === undefined) await tellOfTrail(options)
  try {
    const crossOrigin = compat === undefined ? (options.origins ?? place.origins) : ('any' as const)
    const server = await openServer({
      ...pick(options, ['logs', 'logTo', 'limits']),
      port,
      host,
      rooms: steward.rooms.map((room) =>
        crossOrigin === undefined || isPages(room) ? room : { ...room, crossOrigin },
      ),
      ...pick(steward, ['isReady', 'identify', 'recordCall']),
      ...pick(place, ['trustedProxies']),
      ...(steward.hosts === undefined ? {} : { hosts: [...steward.hosts, host] }),
    })
    const [{ prefix } = { prefix: '/' }] = steward.rooms
    return {
      ...pick(steward, ['schemas', 'exampleTable', 'database']),
      url: prefix === '/' ? server.url : server.url + prefix,
      port: server.port,
      backOffice: steward.rooms.some(isPages) ? (place.url ?? server.url) : null,
      firstLink: compat === undefined ? await findFirstLink(options, place.url ?? server.url) : null,
      close: async () => {
        await server.close()
        await steward.close()
      },
    }
  } catch (error) {
    await steward.close()
    throw error
  }
}

/** Nobody else's page has to read them. */
function isPages({ isQuiet = false }: MountedRoom): boolean {
  return isQuiet
}

/** What is served does not depend on people: without an office there is no link, and everything else goes on. */
async function findFirstLink({ office, warn }: ServeOptions, url: string): Promise<Serving['firstLink']> {
  try {
    return await offerFirstLink({ office: await office(), leaveOperation: leaveInTrail, url })
  } catch (error) {
    warn?.(
      `People cannot sign in: Steward's own database cannot be used. ${isStewardError(error) ? `${error.message} ${error.hint ?? ''}` : String(error)}`,
    )
    return null
  }
}

/** Without a trail everything works and leaves no history: nobody should find that out later. */
async function tellOfTrail({ databaseUrl, warn }: ServeOptions): Promise<void> {
  const pool = openPool({ connectionString: databaseUrl, max: 1 })
  try {
    const { isInstalled } = await readTracking(pool, null)
    if (!isInstalled) {
      warn?.(
        'The trail is not installed here: changes leave no history. steward trail install && steward trail track --all',
      )
      // Who may not read the ledger is told by what they cannot read.
    } else if (await isOutdated(pool).catch(() => false)) {
      warn?.('The trail in this database is older than this Steward: parts of it cannot be read. steward trail install')
    }
  } finally {
    await pool.end()
  }
}

/** Somebody could come in: with a key, or by signing in. */
async function hasCallers(office: ServeOptions['office']): Promise<boolean> {
  const pool = await office()
  return (await listKeys(pool, false)).length > 0 || hasPeople(pool)
}

/** Nobody but this machine reaches it. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
