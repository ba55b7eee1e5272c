// A `pg` whose pools and clients are instrumented from the start, for libraries that make their own.
import type { InstrumentOptions } from './instrument-options.ts'
import { instrumentPool } from './instrument-pool.ts'
import type { PgModule } from './node-postgres.ts'
import { instrumentSingleClient } from './single-client.ts'

const drivers = new WeakMap<object, PgModule>()

/** Whether this is the module itself: `import pg from 'pg'` or `import * as pg from 'pg'`. */
export function isModule(target: object): target is PgModule {
  return (
    'Pool' in target && 'Client' in target && typeof target.Pool === 'function' && typeof target.Client === 'function'
  )
}

/** The driver for a module; the same for the same module. */
export function driverFor(module: PgModule, options: InstrumentOptions): PgModule {
  const known = drivers.get(module)
  if (known !== undefined) return known
  const driver = makeDriver(module, options)
  drivers.set(module, driver)
  drivers.set(driver, driver)
  return driver
}

/** Makes a driver that nobody else has. It has no `native`: who prefers pg-native where it finds it would go around us. */
export function makeDriver(module: PgModule, options: InstrumentOptions): PgModule {
  const { Pool, Client } = module
  class InstrumentedPool extends Pool {
    constructor(config?: unknown) {
      super(config)
      instrumentPool(this, options)
    }
  }
  class InstrumentedClient extends Client {
    constructor(config?: unknown) {
      super(config)
      instrumentSingleClient(this, options)
    }
  }
  return Object.create(module, {
    Pool: { value: InstrumentedPool, enumerable: true },
    Client: { value: InstrumentedClient, enumerable: true },
    native: { value: undefined },
  })
}
