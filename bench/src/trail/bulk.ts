// trail.bulk: what one large UPDATE costs when each of its rows leaves its trail.
import type { Measurement, Part, Run } from '../benchmark.ts'
import { figure } from '../figure.ts'
import { interleave } from '../interleave.ts'
import type { Database } from '../server.ts'
import { byRound } from '../statistics.ts'
import { beginWithContext } from './context.ts'
import { installTrail } from './install-trail.ts'

const variants = ['untracked', 'statement', 'row', 'ready'] as const
const tables = ['untracked', 'statement', 'row'] as const
type Variant = (typeof variants)[number]
type Table = (typeof tables)[number]

const rows = 200_000
const rounds = { full: 9, quick: 3 }

/** Microseconds for each row of one statement over 200,000 rows, beyond what the statement takes untracked. */
export const bulk: Part = {
  name: 'trail.bulk',
  summary: 'one UPDATE of 200,000 rows, against no audit',
  seconds: { full: 120, quick: 30 },
  measure: measureBulk,
}

async function measureBulk({ server, isQuick, tell }: Run): Promise<Measurement> {
  tell(0, 'filling three tables')
  const database = await server.newDatabase('bulk')
  for (const table of tables) await fillTable(database, table)
  await installTrail(database.pool, ['stock_statement'], 'bulk')
  await installTrail(database.pool, ['stock_row'], 'row')
  await updateAll(database, 'statement', 0)
  await database.pool.query('CREATE TABLE ready_change AS SELECT * FROM steward.change')
  await database.pool.query('VACUUM (ANALYZE) ready_change')
  await server.pool.query('CHECKPOINT')

  const options = {
    rounds: isQuick ? rounds.quick : rounds.full,
    warmUps: 1,
    tell: (fraction: number, doing: string) => tell(0.05 + 0.95 * fraction, doing),
    // Autovacuum would do it at a time of its own choosing.
    before: async (variant: string) => {
      if (variant !== 'ready') await database.pool.query(`VACUUM stock_${variant}`)
    },
  }
  const seconds = await interleave(variants, options, (variant, round) =>
    variant === 'ready' ? storeReady(database) : updateAll(database, variant, round),
  )
  await database.drop()

  const perRow = (variant: Variant) => seconds[variant].map((taken) => (taken / rows) * 1e6)
  const net = (variant: Table) => byRound(perRow(variant), perRow('untracked'), (mine, bare) => mine - bare)
  const unit = 'µs/row'
  return {
    figures: [
      figure({ name: 'trail.bulk.us_per_row', unit, better: 'lower', floor: 7, goal: 5 }, net('statement')),
      figure({ name: 'trail.row.us_per_row', unit, better: 'lower' }, net('row')),
      figure({ name: 'trail.ready.us_per_row', unit, better: 'lower' }, perRow('ready')),
      figure({ name: 'trail.untracked.us_per_row', unit, better: 'lower' }, perRow('untracked')),
    ],
    notes: [
      `trail.bulk: ${options.rounds} rounds; one UPDATE of three of six columns of ${rows} rows with its COMMIT, a VACUUM before each, off the clock.` +
        ' trail.row is the same statement under row triggers; trail.ready stores the same changes where they lie ready in a table,' +
        ' which is the least that any capture into these tables can cost on this machine.',
    ],
  }
}

async function fillTable({ pool }: Database, variant: Table): Promise<void> {
  await pool.query(`
    CREATE TABLE stock_${variant} (
      id integer PRIMARY KEY, product text NOT NULL, warehouse integer NOT NULL, quantity integer NOT NULL,
      price numeric(12, 2) NOT NULL, counted_at timestamptz NOT NULL);
    INSERT INTO stock_${variant}
      SELECT place, 'product ' || place, place % 12, place % 500, (place % 9900) / 100.0, now() FROM generate_series(1, ${rows}) AS place`)
  await pool.query(`VACUUM (ANALYZE) stock_${variant}`)
}

async function updateAll(database: Database, variant: Table, round: number): Promise<number> {
  return inTransaction(
    database,
    beginWithContext(`{"round":${round}}`),
    `UPDATE stock_${variant} SET quantity = quantity + 1, price = price + 0.01, counted_at = clock_timestamp()`,
  )
}

async function storeReady(database: Database): Promise<number> {
  return inTransaction(
    database,
    'BEGIN',
    `INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, after)
     SELECT pg_current_xact_id(), operation_id, relation_id, kind, key, before, after FROM ready_change`,
  )
}

async function inTransaction({ pool }: Database, begin: string, statement: string): Promise<number> {
  const client = await pool.connect()
  try {
    const start = performance.now()
    await client.query(begin)
    await client.query(statement)
    await client.query('COMMIT')
    return (performance.now() - start) / 1000
  } finally {
    client.release()
  }
}
