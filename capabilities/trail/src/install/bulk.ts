// For imports and backfills: statement triggers instead of row triggers, for one transaction.
import { type Connectable, inTransaction, type Transaction } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { readStatus } from './status.ts'
import { track } from './track.ts'

/**
 * Runs `work` in one transaction in which the named tables are captured by statement triggers: half the cost a row. The
 * switch is DDL, so nobody can use it to slip past the trail; other writers of these tables wait until the transaction
 * ends, readers do not. Tables with partitions or children stay as they are and are refused.
 *
 * @throws TRAIL_NOT_TRACKED, TRAIL_REFUSED
 */
export async function bulk<Result>(
  pool: Connectable,
  entities: string[],
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, {}, async (transaction) => {
    const modes = await modesOf(transaction, entities)
    await track(transaction, { entities }, { mode: 'bulk' })
    const result = await work(transaction)
    // pending deferred triggers would keep the tables from being altered
    await transaction.query('SET CONSTRAINTS ALL IMMEDIATE')
    for (const [entity, mode] of modes) await track(transaction, { entities: [entity] }, { mode })
    return result
  })
}

async function modesOf(transaction: Transaction, entities: string[]): Promise<Map<string, 'row' | 'bulk'>> {
  const { tables } = await readStatus(transaction)
  const modes = new Map<string, 'row' | 'bulk'>()
  for (const entity of entities) {
    const table = tables.find((candidate) => candidate.entity === entity)
    if (!table?.mode) throw trailErrors.NOT_TRACKED({ entity })
    modes.set(entity, table.mode)
  }
  return modes
}
