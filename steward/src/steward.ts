// The composition root: which capabilities this installation has, and which of them keeps which port.

import { listPeople } from '@steward/access'
import { type AccessOptions, access } from '@steward/access/capability'
import {
  type Capability,
  type Engine,
  isPermitted,
  type Performed,
  type PerformRequest,
  perform,
} from '@steward/engine'
import { entities } from '@steward/entities/capability'
import { inquiries } from '@steward/inquiries/capability'
import { openPool } from '@steward/postgres'
import { leaveInTrail, readChangesOf, trail } from '@steward/trail/capability'
import { officeOnDemand } from './open-office.ts'

/**
 * Everything that Steward can do, in the order of its menus; `known` is what access is told of roles and address.
 *
 * @example
 * const all = capabilitiesOf({ roles: () => ['admin', 'reader', 'cx'] })
 */
export function capabilitiesOf(known: AccessOptions = {}): readonly Capability[] {
  return [trail, inquiries({ listPeople: (office) => listPeople(office, true) }), access(known), entities]
}

/** The same without any configuration: for their names and migrations. */
export const capabilities: readonly Capability[] = capabilitiesOf()

/**
 * Where Steward works.
 *
 * @example
 * const options: StewardOptions = { databaseUrl: 'postgres://localhost/shop' }
 */
export type StewardOptions = {
  /** The service's own database; null where only Steward's own is asked for. */
  databaseUrl: string | null
  /** A replica, or the same database as a role that may only read. */
  readerUrl?: string | undefined
  /** Steward's own database (STEWARD_DATABASE_URL); without it a PostgreSQL of our own under `.steward/`. */
  officeUrl?: string | undefined
  /** Procedures of the service, as `asCapabilities` makes them. */
  service?: readonly Capability[]
  /** The names of the roles that may be handed out; admin and reader unless given. */
  roles?: readonly string[]
}

/**
 * Steward over one database.
 *
 * @example
 * const steward: Steward = createSteward({ databaseUrl })
 */
export type Steward = {
  engine: Engine
  perform: (request: PerformRequest) => Promise<Performed>
  close: () => Promise<void>
}

/**
 * Wires Steward together. Connects when it is first used.
 *
 * @example
 * const steward = createSteward({ databaseUrl: 'postgres://localhost/shop' })
 * const { output } = await steward.perform({
 *   procedure: 'trail.history', input: { entity: 'orders', key: '1042' }, actor: { type: 'staff', id: 'kim' }, source: 'app',
 * })
 * await steward.close()
 */
export function createSteward({ databaseUrl, readerUrl, officeUrl, service = [], roles }: StewardOptions): Steward {
  const pool = openPool(databaseUrl ?? '')
  const office = officeOnDemand({ url: officeUrl, folder: '.steward', capabilities })
  const readerPool = readerUrl === undefined ? undefined : openPool(readerUrl)
  const engine: Engine = {
    capabilities: [...capabilitiesOf(roles === undefined ? {} : { roles: () => roles }), ...service],
    pool,
    ...(readerPool === undefined ? {} : { readerPool }),
    office: office.pool,
    // Whoever can type a command here has the database's own password: the database says what they may do.
    permit: ({ role, permission }) => role === null || isPermitted(role, permission),
    leaveOperation: leaveInTrail,
    readChanges: readChangesOf,
  }
  return {
    engine,
    perform: (request) => perform(engine, request),
    close: async () => {
      await Promise.all([pool.end(), readerPool?.end(), office.close()])
    },
  }
}
