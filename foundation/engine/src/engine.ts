// The engine: the capabilities of this installation, the database they work on, and the ports they need.
import { nearestNames } from '@steward/base'
import type { Pool } from '@steward/postgres'
import type { Capability, Home, KeptProcedure } from './capability.ts'
import { engineErrors } from './errors.ts'
import type { LeaveOperation, Permit, ReadChanges } from './ports.ts'

/**
 * Everything that `perform` needs to know about an installation.
 *
 * @example
 * const engine: Engine = { capabilities: [trail], pool, permit: () => true, leaveOperation }
 */
export type Engine = {
  capabilities: readonly Capability[]
  pool: Pool
  /** A replica, or a pool of a role that may only read; reads go to `pool` without it. */
  readerPool?: Pool
  /** Steward's own database, opened (and, the first time, made) when something that lives there is asked for. */
  office?: () => Promise<Pool>
  permit: Permit
  leaveOperation: LeaveOperation
  /** Needed where a request asks to be shown its changes. */
  readChanges?: ReadChanges
}

/**
 * The procedure behind a name.
 *
 * @throws ENGINE_PROCEDURE_UNKNOWN with the nearest names.
 * @example
 * findProcedure(engine, 'trail.history')
 */
export function findProcedure(engine: Engine, name: string): KeptProcedure & { home: Home } {
  const dot = name.indexOf('.')
  const capability = engine.capabilities.find((candidate) => candidate.name === name.slice(0, dot))
  const found = Object.entries(capability?.procedures ?? {}).find(([word]) => word === name.slice(dot + 1))
  if (found === undefined) {
    const names = engine.capabilities.flatMap((each) =>
      Object.keys(each.procedures).map((word) => `${each.name}.${word}`),
    )
    throw engineErrors.PROCEDURE_UNKNOWN({ procedure: name, nearest: nearestNames(name, names) })
  }
  return { ...found[1], home: capability?.home ?? 'service' }
}

/**
 * The database that verbs of a home work on.
 *
 * @throws ENGINE_OFFICE_MISSING
 * @example
 * const pool = await poolOf(engine, 'office')
 */
export async function poolOf(engine: Engine, home: Home): Promise<Pool> {
  if (home === 'service') return engine.pool
  if (engine.office === undefined) throw engineErrors.OFFICE_MISSING()
  return engine.office()
}
