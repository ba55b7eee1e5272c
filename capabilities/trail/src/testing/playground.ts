// Plays random histories on a real database and holds a law against each; for tests only.
import { timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import fc from 'fast-check'
import type { PoolClient } from 'pg'
import { encodeContext } from '../context/wire.ts'
import { openTrail, type Trail } from '../index.ts'
import {
  type RandomHistory,
  type RandomOperation,
  type RandomStatement,
  randomHistory,
  schemaSql,
  statementSql,
} from './random-history.ts'
import { trailDatabase } from './trail-database.ts'

const runs = Number(process.env.STEWARD_RUNS ?? (process.env.STEWARD_SCALE === 'full' ? 1000 : 25))
// other runs look elsewhere: STEWARD_RUNS=300 STEWARD_SEED=7 npx vitest run laws
const seed = Number(process.env.STEWARD_SEED ?? 20261122)

/** What a law may take at full count. */
export const lawTimeout = { timeout: 20 * 60_000 }

/** A database on which histories are played, each in a schema of its own. */
export class Playground {
  readonly database: TestDatabase
  readonly trail: Trail
  #schemas = 0

  private constructor(database: TestDatabase) {
    this.database = database
    this.trail = openTrail({ pool: database.pool })
  }

  static async open(): Promise<Playground> {
    return new Playground(await trailDatabase())
  }

  /** Holds a law against random histories; the smallest that breaks it is told. */
  async holds(law: (history: RandomHistory) => Promise<void>): Promise<void> {
    await fc.assert(fc.asyncProperty(randomHistory, law), { numRuns: runs, seed })
  }

  /** Makes the schema of a history, tracks it, and gives it its first rows. */
  async begin({ tables, start }: RandomHistory): Promise<{ schema: string; names: string[] }> {
    this.#schemas += 1
    const schema = `run${this.#schemas}`
    await this.database.pool.query(schemaSql(schema, tables))
    const names = tables.map(({ name }) => `${schema}.${name}`)
    await this.trail.track(names)
    await this.act(schema, [start], { tables, start, operations: [] })
    return { schema, names }
  }

  /** Performs one operation; a statement that the database refuses is left out, as an application would. */
  async act(schema: string, transactions: RandomOperation, history: RandomHistory): Promise<string> {
    const id = timeOrderedId()
    const context = encodeContext({ id, actor: { type: 'user', id: '7' }, procedure: 'random' }, '')
    const client = await this.database.pool.connect()
    try {
      for (const statements of transactions) {
        await client.query('BEGIN')
        await client.query("SELECT set_config('steward.context', $1, true)", [context])
        for (const statement of statements) await attempt(client, schema, statement, history)
        await client.query('COMMIT')
      }
    } finally {
      client.release()
    }
    return id
  }

  /** Whether the operation changed anything at all. */
  async hasTrail(operation: string): Promise<boolean> {
    const found = await this.database.pool.query('SELECT FROM steward.operation WHERE id = $1 LIMIT 1', [operation])
    return found.rowCount !== 0
  }

  /** Drops a schema. A thousand dropped tables in the register would make every later schema change look at them all. */
  async wipe(schema: string): Promise<void> {
    await this.database.pool.query('UPDATE steward.relation SET tracked = false WHERE schema_name = $1', [schema])
    await this.database.pool.query(`DROP SCHEMA ${schema} CASCADE`)
  }
}

async function attempt(
  client: PoolClient,
  schema: string,
  statement: RandomStatement,
  history: RandomHistory,
): Promise<void> {
  await client.query('SAVEPOINT attempt')
  try {
    await client.query(statementSql(schema, history.tables, statement))
    if (statement.isUndone && statement.value % 3 === 0) await client.query('ROLLBACK TO SAVEPOINT attempt')
  } catch {
    await client.query('ROLLBACK TO SAVEPOINT attempt')
  }
  await client.query('RELEASE SAVEPOINT attempt')
}
