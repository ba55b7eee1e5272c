// TypeORM's DataSource: the pools it has, and the ones it will make.
import { isModule, makeDriver } from './driver.ts'
import { instrumentErrors } from './errors.ts'
import type { InstrumentOptions } from './instrument-options.ts'
import { instrumentPool } from './instrument-pool.ts'
import type { PgPool } from './node-postgres.ts'

/** What we need of TypeORM's PostgreSQL driver. */
type PostgresDriver = { postgres?: object; master?: PgPool; slaves?: PgPool[] }

type DataSource = { options: { type: string }; driver: PostgresDriver; initialize: unknown }

/** Whether this is a DataSource of TypeORM. */
export function isDataSource(target: object): target is DataSource {
  return 'driver' in target && 'options' in target && 'initialize' in target
}

/** Instruments a DataSource in place, before or after `initialize()`. */
export function instrumentDataSource(dataSource: DataSource, options: InstrumentOptions): DataSource {
  const { driver } = dataSource
  if (driver.postgres === undefined || !isModule(driver.postgres)) {
    throw instrumentErrors.CANNOT_INSTRUMENT({ given: `a DataSource of type ${dataSource.options.type}` })
  }
  // Replicas cannot be written: what has to be left goes to the primary.
  const withRecorder: InstrumentOptions = { recordOn: () => driver.master, ...options }
  driver.postgres = makeDriver(driver.postgres, withRecorder)
  for (const pool of [driver.master, ...(driver.slaves ?? [])]) {
    if (pool !== undefined) instrumentPool(pool, withRecorder)
  }
  return dataSource
}
