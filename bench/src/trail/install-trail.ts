// Puts the trail on tables of a benchmark, as its users do.
import type { Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'

/** Installs the trail and tracks the tables; `bulk` ones by statement triggers. */
export async function installTrail(pool: Pool, tables: readonly string[], mode: 'row' | 'bulk' = 'row'): Promise<void> {
  const trail = openTrail({ pool })
  await trail.install()
  await trail.track([...tables], { mode })
}
