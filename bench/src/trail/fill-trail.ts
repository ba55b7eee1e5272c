// Fills the trail with months of history, a set at a time: writing it change by change would take hours.
import type { Pool } from '@steward/postgres'

/** The tables that have the history; each operation changes a record of each. */
export const historyTables = ['customers', 'orders', 'order_items', 'payments'] as const

/** How much: changes over all tables, so many records a table, over so many months that end with the current one. */
export type FillPlan = { changes: number; records: number; months: number }

/** Makes the tables that the history is of. Their rows do not matter: history is read from the trail alone. */
export async function makeHistoryTables(pool: Pool): Promise<void> {
  for (const table of historyTables) {
    await pool.query(
      `CREATE TABLE ${table} (id integer PRIMARY KEY, status text, amount numeric(12, 2), note text, updated_at timestamptz)`,
    )
  }
}

/**
 * Writes the changes into month partitions of their own, which get their indexes when they are attached, as fast as
 * an import does. Records are spread evenly over time and table; the oldest change of the run comes first.
 */
export async function fillTrail(pool: Pool, plan: FillPlan, tell: (fraction: number) => void): Promise<void> {
  const operations = Math.floor(plan.changes / historyTables.length / plan.months)
  for (let month = 0; month < plan.months; month++) {
    tell(month / plan.months)
    await fillMonth(pool, { ...plan, operations, first: month * operations, monthsAgo: plan.months - 1 - month })
  }
  await pool.query(`SELECT setval('steward.change_id', $1)`, [plan.months * operations * historyTables.length])
  tell(0.95)
  await pool.query('VACUUM (ANALYZE) steward.change, steward.part')
}

type Bounds = { name: string; from: string; to: string }
type Month = FillPlan & { operations: number; first: number; monthsAgo: number }

async function fillMonth(pool: Pool, month: Month): Promise<void> {
  const { rows } = await pool.query<Bounds & { over: string }>(
    `SELECT to_char(month, 'YYYY_MM') AS name, to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00' AS from,
            to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00' AS to,
            least(month + interval '1 month', now() AT TIME ZONE 'UTC')::text || '+00' AS over
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => $1) AS month) AS wanted`,
    [month.monthsAgo],
  )
  const { name, from, to, over } = rows[0] as Bounds & { over: string }
  // Spread over the part of the month that is over.
  const at = `'${from}'::timestamptz + ('${over}'::timestamptz - '${from}'::timestamptz) * (step::float8 / ${month.operations})`
  // A time-ordered id that the changes can compute, too.
  const id = `(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(place * 2654435761 % 4294967291), 15, '0'))::uuid`
  const series = `(SELECT ${month.first}::bigint + step AS place, ${at} AS at FROM generate_series(0, ${month.operations - 1}) AS step) AS series`

  await withPartition(pool, 'part', { name, from, to }, (partition) =>
    pool.query(`
      INSERT INTO ${partition} (at, xid, id, context, database_user, application_name, client_address)
      SELECT at, (place % 1000000000)::text::xid8, ${id},
             concat_ws(E'\\x1f', '', '', 'user', place % 5000, 'Kim Min-ji', 'orders.pay', '{"order":' || place || ',"channel":"card"}',
               '', 'api', 'req-' || place, '', '', ''),
             'shop', 'shop-api', '10.0.3.17'
        FROM ${series}`),
  )
  await withPartition(pool, 'change', { name, from, to }, (partition) =>
    pool.query(`
      INSERT INTO ${partition} (id, at, xid, operation_id, relation_id, kind, key, before, after)
      SELECT place * ${historyTables.length} + turn, at, (place % 1000000000)::text::xid8, ${id}, relation.id, 'u',
             (1 + (hashint8extended(place, turn) & 2147483647) % ${month.records})::text,
             '{"status":"open","amount":' || (place % 9000) / 100.0 || ',"updated_at":"2026-01-01T00:00:00+00:00"}',
             '{"status":"paid","amount":' || (place % 9100) / 100.0 || ',"updated_at":"2026-01-02T00:00:00+00:00"}'
        FROM ${series}
        CROSS JOIN unnest('{${historyTables.join(',')}}'::text[]) WITH ORDINALITY AS tracked (name, turn)
        JOIN steward.relation ON relation.table_name = tracked.name`),
  )
}

async function withPartition(
  pool: Pool,
  parent: 'part' | 'change',
  { name, from, to }: Bounds,
  fill: (partition: string) => Promise<unknown>,
): Promise<void> {
  const partition = `steward.${parent}_${name}`
  await pool.query(`DROP TABLE IF EXISTS ${partition}`)
  await pool.query(`CREATE TABLE ${partition} (LIKE steward.${parent} INCLUDING DEFAULTS)`)
  await fill(partition)
  await pool.query(
    `ALTER TABLE steward.${parent} ATTACH PARTITION ${partition} FOR VALUES FROM ('${from}') TO ('${to}')`,
  )
}
