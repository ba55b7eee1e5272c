// Steward over one database, ready to be mounted: its rooms, who is let in, what is remembered, and what runs beside them.
import { openAuthRoom } from '@steward/access/room'
import type { Actor } from '@steward/base'
import type { Contract } from '@steward/contract'
import { type Capability, type Engine, isPermitted, perform, type WebRequest } from '@steward/engine'
import { type Entities, type EntitiesOptions, openEntities } from '@steward/entities'
import { openCallLog, savedViews } from '@steward/entities/capability'
import { openPool, type Pool, readCatalog } from '@steward/postgres'
import { type Identify, type MountedRoom, type MountOptions, openContractRoom, openStaticRoom } from '@steward/server'
import { leaveInTrail, readChangesOf } from '@steward/trail/capability'
import { findPages } from './built-pages/find-pages.ts'
import type { Configuration } from './config/configuration.ts'
import { configErrors } from './config/errors.ts'
import { examineConfiguration } from './config/examine-configuration.ts'
import { type Configured, readConfiguration } from './config/read-configuration.ts'
import { demandRole, type FoundSchemas, findSchemas } from './find-schemas.ts'
import { identifyCallers } from './identify-callers.ts'
import { keepTrail } from './keep-trail.ts'
import { officeOnDemand } from './open-office.ts'
import { pick } from './pick.ts'
import { capabilities, capabilitiesOf } from './steward.ts'
import { openWhoamiRoom } from './whoami-room.ts'

/**
 * What is opened, and for whom. What stands both here and in the configuration is as it is here.
 *
 * @example
 * const options: OpenStewardOptions = { databaseUrl, officeUrl: process.env.STEWARD_DATABASE_URL, configuration }
 */
export type OpenStewardOptions = Pick<
  EntitiesOptions,
  'maxRows' | 'allowsPlan' | 'allowsAggregates' | 'allowsTxOverride' | 'secret' | 'extraSearchPath' | 'compat'
> & {
  /** The service's own database. */
  databaseUrl: string
  /** Steward's own; a PostgreSQL of our own under `.steward/` unless given. */
  officeUrl?: string | undefined
  /** The default export of steward.config.ts. */
  configuration?: Configuration
  /** Shown schemas; all with tables of the service unless given. */
  schemas?: readonly string[]
  /** Shared by all who know it (STEWARD_API_KEY): they may do everything. */
  key?: string | null
  /** Who asks where no key is sent, and may do everything; unless given nobody gets in without a key. */
  person?: Actor | null
  /** The team's own way of knowing who asks, and as which role, instead of Steward's keys. */
  identify?: Identify
  /** Whose web pages may use a session, beside the server's own. */
  origins?: readonly string[]
  /** Where people reach it, for links: `https://steward.example.com`. */
  url?: string
  /**
   * The back office at `/`. Unless given it is there in the published package; in a checkout of the repository it is built, and
   * only where this is true.
   */
  pages?: boolean
  /** Told what is not as it should be. Process warnings unless given. */
  warn?: (message: string) => void
}

/**
 * Steward, open: `asFastifyPlugin` and `asRequestListener` take it as it is. Closing one of its rooms, as a server does that
 * stops, closes all of it.
 *
 * @example
 * const mount = (steward: OpenedSteward) => asRequestListener(steward)
 */
export type OpenedSteward = FoundSchemas & {
  rooms: readonly MountedRoom[]
  identify: Identify
  recordCall: NonNullable<MountOptions['recordCall']>
  /** The names under which it may be asked for; all, where something is asked of callers. */
  hosts?: readonly string[]
  /** Whether requests can be served now. */
  isReady: () => Promise<boolean>
  /** May be called again. */
  close: () => Promise<void>
}

/** The same for `steward serve`, which has found the configuration and opened the office already. */
export type ServedOptions = Omit<OpenStewardOptions, 'configuration' | 'officeUrl'> & {
  configured: Configured
  office: () => Promise<Pool>
  closeOffice: () => Promise<void>
}

/**
 * Opens Steward to be mounted in a server of the team's own: everything that `steward serve` serves, below `/api`.
 *
 * @throws CONFIG_INVALID, CONFIG_SHOWS_TOO_MUCH, SERVE_SCHEMA_UNKNOWN, POSTGRES_CONNECTION_FAILED
 * @example
 * const steward = await openSteward({ databaseUrl, officeUrl: process.env.STEWARD_DATABASE_URL, configuration })
 * await app.register(asFastifyPlugin(steward), { prefix: '/steward' })
 */
export async function openSteward({ configuration, officeUrl, ...more }: OpenStewardOptions): Promise<OpenedSteward> {
  const configured = readConfiguration(configuration)
  const office = officeOnDemand({ url: officeUrl, folder: '.steward', capabilities })
  return openConfigured({ ...more, configured, office: office.pool, closeOffice: office.close })
}

/**
 * Opens what is configured already: the one composition that the server and everybody else use.
 *
 * @throws as {@link openSteward}, and SERVE_ROLE_UNKNOWN
 */
export async function openConfigured(options: ServedOptions): Promise<OpenedSteward> {
  const { configured, compat, warn = warnProcess } = options
  const { configuration, roles } = configured
  const pool = openPool(options.databaseUrl)
  const office = rememberingOffice(options.office)
  let entities: Entities | null = null
  try {
    const found = await findSchemas(pool, options.schemas ?? configuration.schemas ?? [])
    if (compat?.anonymousRole != null) await demandRole(pool, compat.anonymousRole)
    if (compat === undefined) await demandHonest(configured, pool, warn)
    const own = capabilitiesOf({
      roles: () => [...roles.keys()],
      ...pick({ url: options.url ?? configuration.server?.url }, ['url']),
    })
    const engine = engineOf({ pool, office: office.pool, capabilities: [...own, ...configured.capabilities] })
    entities = await openEntities({
      ...entitiesOptions(options),
      pool,
      schemas: found.schemas,
      ...(compat === undefined ? { ...stewardsOwn(configured, engine), contracts: contractsOf(own) } : { compat }),
    })
    const keeping = compat === undefined ? keepTrail({ pools: () => [pool, ...office.opened()], warn }) : null
    const calls = compat === undefined ? openCallLog({ office: office.pool, warn }) : null
    const { answer, close: closeEntities } = entities
    const close = once(async () => {
      await closeEntities()
      await keeping?.stop()
      await calls?.close()
      await Promise.all([pool.end(), options.closeOffice()])
    })
    const room = { answer, close }
    const { key = null, person = null } = options
    const isPure = compat !== undefined
    const callers = {
      office: office.pool,
      ...pick({ origins: options.origins ?? configuration.server?.origins }, ['origins']),
      // People reach it over https, whatever the last part of the way is.
      ...((options.url ?? configuration.server?.url)?.startsWith('https:') ? { isSecure: true } : {}),
    }
    const signIn: MountedRoom = {
      prefix: '/api/auth',
      room: openAuthRoom({ ...callers, leaveOperation: leaveInTrail, roles: () => roles }),
      isPublic: true,
    }
    return {
      ...found,
      rooms:
        compat === undefined
          ? [
              { prefix: '/api', room },
              ...contractRooms(own, engine),
              signIn,
              { prefix: '/api/me', room: openWhoamiRoom({ ...whoamiOptions(options), database: found.database }) },
              ...pagesRoom(options),
            ]
          : [{ prefix: '/', room }],
      // Where nothing is asked of a caller, at least no web page gets in under a name of its own.
      ...(person !== null && key === null && !isPure ? { hosts: ['localhost', '127.0.0.1', '[::1]'] } : {}),
      identify: options.identify ?? identifyCallers({ ...callers, key, person, roles, isPure }),
      recordCall: (call) => calls?.record(call),
      isReady: async () => {
        await pool.query('SELECT 1')
        return true
      },
      close,
    }
  } catch (error) {
    await entities?.close()
    await Promise.allSettled([pool.end(), options.closeOffice()])
    throw error
  }
}

/** Whoever came with neither a key nor as the person at this machine has a session: it can be ended. */
function whoamiOptions({ configured, identify, person }: ServedOptions) {
  return {
    service: configured.configuration.service,
    isSignedIn: ({ key, actor }: WebRequest) => identify === undefined && key === null && actor !== person,
  }
}

function pagesRoom({ pages, url, configured }: ServedOptions): MountedRoom[] {
  const folder = findPages(pages)
  if (folder === null) return []
  const address = url ?? configured.configuration.server?.url
  const base = address === undefined ? '/' : new URL(address).pathname.replace(/\/*$/, '/')
  return [{ prefix: '/', room: openStaticRoom({ folder, base }), isPublic: true, isQuiet: true }]
}

/** What is written down but leads nowhere is told; what would therefore be shown is refused. */
async function demandHonest(configured: Configured, pool: Pool, warn: (message: string) => void): Promise<void> {
  const { entities, roles, procedures } = configured.configuration
  if (entities === undefined && roles === undefined && procedures === undefined) return
  const findings = examineConfiguration(configured, { catalog: await readCatalog(pool), capabilities })
  const problems = findings.filter(({ level }) => level === 'error').map(({ message, hint }) => `${message} ${hint}`)
  if (problems.length > 0) throw configErrors.SHOWS_TOO_MUCH({ problems })
  for (const { message, hint } of findings) warn(`${message} ${hint}`)
}

/** Nobody without a role gets past it: that nothing is held back is for the terminal alone. */
function engineOf(parts: Pick<Engine, 'capabilities' | 'pool' | 'office'>): Engine {
  return {
    ...parts,
    permit: ({ role, permission }) => role !== null && isPermitted(role, permission),
    leaveOperation: leaveInTrail,
    readChanges: readChangesOf,
  }
}

function entitiesOptions(options: ServedOptions): Partial<EntitiesOptions> {
  const { extraSearchPath, maxRows } = options.configured.configuration
  const { allowsPlan, allowsAggregates, allowsTxOverride, secret } = options
  const given = {
    extraSearchPath: options.extraSearchPath ?? extraSearchPath,
    maxRows: options.maxRows === undefined ? maxRows : options.maxRows,
    allowsPlan,
    allowsAggregates,
    allowsTxOverride,
    secret,
  }
  return pick(given, Object.keys(given) as (keyof typeof given)[])
}

/** What the pure dialect has not: words, procedures, the trail and the log of calls. */
function stewardsOwn({ configuration, procedures }: Configured, engine: Engine): Partial<EntitiesOptions> {
  return {
    leaveOperation: leaveInTrail,
    ...pick(engine, ['office']),
    procedures: { listed: procedures, perform: (request) => perform(engine, request) },
    ...(configuration.entities === undefined ? {} : { words: configuration.entities }),
    readCalls: async (input, { actor, role, requestId }) => {
      const caller = { actor: actor ?? { type: 'service' as const, id: 'anonymous' }, role, requestId }
      const { output } = await perform(engine, { procedure: 'entities.calls', input, ...caller, source: 'admin-api' })
      return output
    },
  }
}

/** Those that are reached by their contracts; the entities' own is answered in their room. */
function besideEntities(own: readonly Capability[]): Capability[] {
  return own.filter(({ name }) => name !== 'entities')
}

function contractsOf(own: readonly Capability[]): Record<string, Contract> {
  const beside = besideEntities(own).map(({ name, contract }) => [name, contract])
  return { ...Object.fromEntries(beside), views: savedViews.contract }
}

function contractRooms(own: readonly Capability[], engine: Engine): MountedRoom[] {
  const beside = besideEntities(own).map((capability) => ({
    prefix: `/api/${capability.name}`,
    room: openContractRoom({ capability, engine }),
  }))
  return [...beside, { prefix: '/api/views', room: openContractRoom({ capability: savedViews, engine }) }]
}

/** Which of the office's pools is open: its trail is kept only while somebody works there. */
function rememberingOffice(office: () => Promise<Pool>): { pool: () => Promise<Pool>; opened: () => Pool[] } {
  let opened: Pool | null = null
  return {
    pool: async () => {
      opened = await office()
      return opened
    },
    opened: () => (opened === null ? [] : [opened]),
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}

function warnProcess(message: string): void {
  process.emitWarning(message)
}
