// The shop of this benchmark: customers, many orders, and a trail in which every order has the same number of changes.
import type { Pool } from '@steward/postgres'
import { installTrail } from '../trail/install-trail.ts'

/** How much there is of it; a customer has ten orders. */
export type ShopSize = { orders: number; changes: number; months: number }

/** What stands in the shop afterwards, deleted orders not among them. */
export type FilledShop = { orders: number; customers: number; changes: number; deletedOrders: number }

const ordersPerCustomer = 10
const changesPerOperation = 4
/** One change in so many deletes an order that is not in the table any more. */
const changesPerDeletion = 5000
/** Has no divisor in common with any number of orders that ends in zeros: each round of changes meets every order once. */
const stride = 7919

/** The number that people call an order by. */
export function orderNumber(id: number): string {
  return `R-${1_000_000 + id}`
}

/** The address of a customer, and their name. */
export function customerOf(id: number): { email: string; name: string } {
  return { email: `customer-${id}@example.com`, name: `Customer ${id}` }
}

/** A customer who has lost an order: of the deletion of this number, which begins at 1. */
export function customerOfDeletion(deletion: number, { orders }: Pick<ShopSize, 'orders'>): number {
  return ((orders + deletion) % (orders / ordersPerCustomer)) + 1
}

/**
 * Makes the tables, tracks them, and writes rows and history in sets, as an import would. The oldest change of an order made it, the
 * others changed it. `tell` hears how far it is, 0 to 1.
 */
export async function fillBigShop(
  pool: Pool,
  size: ShopSize,
  tell: (fraction: number) => void = () => undefined,
): Promise<FilledShop> {
  const { orders, months } = size
  const customers = orders / ordersPerCustomer
  await pool.query(`
    CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL, email text NOT NULL, joined_at timestamptz NOT NULL);
    CREATE TABLE orders (
      id integer PRIMARY KEY, number text NOT NULL, customer_id integer NOT NULL REFERENCES customers, status text NOT NULL,
      total numeric(12, 2) NOT NULL, currency char(3) NOT NULL, note text, placed_at timestamptz NOT NULL)`)
  await installTrail(pool, ['customers', 'orders'])
  await pool.query(`
    ALTER TABLE customers DISABLE TRIGGER USER;
    ALTER TABLE orders DISABLE TRIGGER USER;
    INSERT INTO customers
      SELECT place, 'Customer ' || place, 'customer-' || place || '@example.com', timestamptz '2026-01-01' + place * interval '1 minute'
        FROM generate_series(1, ${customers}) AS place;
    INSERT INTO orders
      SELECT place, ${numberSql('place')}, place % ${customers} + 1, (ARRAY['open', 'paid', 'sent', 'returned'])[place % 4 + 1],
             place % 9973 / 7.0, 'EUR', CASE WHEN place % 3 = 0 THEN 'Please ring twice, the bell is old' END,
             timestamptz '2026-01-01' + place * interval '10 seconds'
        FROM generate_series(1, ${orders}) AS place;
    ALTER TABLE customers ENABLE TRIGGER USER;
    ALTER TABLE orders ENABLE TRIGGER USER;
    CREATE UNIQUE INDEX customers_email ON customers (email text_pattern_ops);
    CREATE UNIQUE INDEX orders_number ON orders (number text_pattern_ops);
    CREATE INDEX orders_customer ON orders (customer_id)`)
  tell(0.05)
  const operationsAMonth = Math.floor(size.changes / changesPerOperation / months)
  for (let month = 0; month < months; month++) {
    await fillMonth(pool, { size, operationsAMonth, month })
    tell(0.05 + (0.85 * (month + 1)) / months)
  }
  const changes = operationsAMonth * months * changesPerOperation
  await pool.query(`SELECT setval('steward.change_id', $1)`, [changes])
  await pool.query('VACUUM (ANALYZE) customers, orders, steward.change, steward.part')
  return { orders, customers, changes, deletedOrders: Math.floor(changes / changesPerDeletion) }
}

type Month = { size: ShopSize; operationsAMonth: number; month: number }
type Bounds = { name: string; from: string; to: string; over: string }

/** A partition of its own for the changes of a month, which gets its indexes when it is attached. */
async function fillMonth(pool: Pool, { size: { orders, months }, operationsAMonth, month }: Month): Promise<void> {
  const bounds = await boundsOf(pool, months - 1 - month)
  const { from, over } = bounds
  // Spread over the part of the month that is over.
  const at = `'${from}'::timestamptz + ('${over}'::timestamptz - '${from}'::timestamptz) * (step::float8 / ${operationsAMonth})`
  // A time-ordered id that the changes can compute, too.
  const id = `(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(place * 2654435761 % 4294967291), 15, '0'))::uuid`
  const series = `(SELECT ${month * operationsAMonth}::bigint + step AS place, ${at} AS at FROM generate_series(0, ${operationsAMonth - 1}) AS step) AS series`

  await fillPartition(
    pool,
    { parent: 'part', bounds },
    `(at, xid, id, context, database_user, application_name, client_address)
      SELECT at, (place % 1000000000)::text::xid8, ${id},
             concat_ws(E'\\x1f', '', '', 'user', place % 5000, 'Kim Min-ji', (ARRAY['orders.pay', 'orders.send', 'orders.correct'])[place % 3 + 1],
               '{"batch":' || place || '}', '', 'api', 'req-' || place, '', '', ''),
             'shop', 'shop-api', '10.0.3.17'
        FROM ${series}`,
  )
  // Deleted are others than those of the table; the rest goes round and round through all orders.
  await fillPartition(
    pool,
    { parent: 'change', bounds },
    `(id, at, xid, operation_id, relation_id, kind, key, before, after)
      SELECT change + 1, at, (place % 1000000000)::text::xid8, ${id}, relation.id,
             CASE WHEN is_deletion THEN 'd' WHEN change < ${orders} THEN 'i' ELSE 'u' END::"char", number,
             CASE WHEN is_deletion THEN ${wholeSql}
                  WHEN change >= ${orders} THEN '{"status":"open","total":' || (place % 9000) / 100.0 || '}' END,
             CASE WHEN is_deletion THEN NULL
                  WHEN change < ${orders} THEN ${wholeSql}
                  ELSE '{"status":"paid","total":' || (place % 9100) / 100.0 || '}' END
        FROM ${series}
       CROSS JOIN generate_series(0, ${changesPerOperation - 1}) AS turn
       CROSS JOIN LATERAL (SELECT place * ${changesPerOperation} + turn AS change) AS counted
       CROSS JOIN LATERAL (SELECT change % ${changesPerDeletion} = ${changesPerDeletion - 1} AS is_deletion) AS kind
       CROSS JOIN LATERAL (SELECT CASE WHEN is_deletion THEN ${orders} + 1 + change / ${changesPerDeletion}
                                       ELSE change % ${orders} * ${stride} % ${orders} + 1 END AS number) AS one
       CROSS JOIN LATERAL (SELECT number % ${orders / ordersPerCustomer} + 1 AS customer) AS owner
        JOIN steward.relation ON relation.table_name = 'orders'`,
  )
}

/** An order as the trail keeps a whole row. */
const wholeSql = `'{"id":' || number || ',"number":"' || ${numberSql('number')} || '","customer_id":' || customer ||
  ',"status":"open","total":' || (place % 9000) / 100.0 || ',"currency":"EUR","note":null,"placed_at":"2026-01-01T00:00:00+00:00"}'`

function numberSql(id: string): string {
  return `'R-' || (1000000 + ${id})`
}

async function boundsOf(pool: Pool, monthsAgo: number): Promise<Bounds> {
  const { rows } = await pool.query<Bounds>(
    `SELECT to_char(month, 'YYYY_MM') AS name, to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00' AS from,
            to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00' AS to,
            least(month + interval '1 month', now() AT TIME ZONE 'UTC')::text || '+00' AS over
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => $1) AS month) AS wanted`,
    [monthsAgo],
  )
  return rows[0] as Bounds
}

async function fillPartition(
  pool: Pool,
  { parent, bounds: { name, from, to } }: { parent: 'part' | 'change'; bounds: Bounds },
  rows: string,
): Promise<void> {
  const partition = `steward.${parent}_${name}`
  await pool.query(`DROP TABLE IF EXISTS ${partition}`)
  await pool.query(`CREATE TABLE ${partition} (LIKE steward.${parent} INCLUDING DEFAULTS)`)
  await pool.query(`INSERT INTO ${partition} ${rows}`)
  await pool.query(
    `ALTER TABLE steward.${parent} ATTACH PARTITION ${partition} FOR VALUES FROM ('${from}') TO ('${to}')`,
  )
}
