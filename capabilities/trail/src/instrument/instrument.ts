// Makes whatever speaks to the database through node-postgres carry the current operation.
import { instrumentDataSource, isDataSource } from './data-source.ts'
import { driverFor, isModule } from './driver.ts'
import { instrumentErrors } from './errors.ts'
import type { InstrumentOptions } from './instrument-options.ts'
import { instrumentPool } from './instrument-pool.ts'
import type { PgClient, PgPool } from './node-postgres.ts'
import { instrumentSingleClient } from './single-client.ts'

/**
 * Lets a target carry the current operation with every change, without one more round trip. A Pool, a Client
 * (connected or not) and a TypeORM DataSource (initialized or not) are instrumented in place and returned; for the `pg`
 * module a driver is returned whose pools and clients are instrumented, for whoever makes their own. Twice does no more
 * than once.
 *
 * @throws TRAIL_CANNOT_INSTRUMENT for anything else, pg-native and versions of pg before 8.23 among it
 * @example
 * const pool = instrument(new pg.Pool({ connectionString: process.env.DATABASE_URL }))
 */
export function instrument<Target extends object>(target: Target, options: InstrumentOptions = {}): Target {
  const instrumented = instrumentAny(target, options)
  if (instrumented === undefined) throw instrumentErrors.CANNOT_INSTRUMENT({ given: nameOf(target) })
  return instrumented as Target
}

function instrumentAny(target: object, options: InstrumentOptions): object | undefined {
  if (target === null || (typeof target !== 'object' && typeof target !== 'function')) return undefined
  if (isPool(target)) return instrumentPool(target, options)
  if (isClient(target)) return instrumentSingleClient(target, options)
  if (isModule(target)) return driverFor(target, options)
  if (isDataSource(target)) return instrumentDataSource(target, options)
  return undefined
}

function isPool(target: object): target is PgPool {
  return 'totalCount' in target && 'Client' in target && 'connect' in target
}

function isClient(target: object): target is PgClient {
  return 'connection' in target && 'query' in target && '_queryQueue' in target
}

function nameOf(target: object): string {
  if (target === null || target === undefined) return String(target)
  return `${(target as { constructor?: { name?: string } }).constructor?.name ?? 'an object'}`
}
