// The bank of TPC-B as pgbench has it: branches, tellers, accounts and a history without a key.
import type { Pool } from '@steward/postgres'

/** Enough branches that four clients seldom want the same one. */
export const bank = { branches: 40, tellers: 400, accounts: 1_000_000, quickAccounts: 200_000 }

export const bankTables = ['pgbench_branches', 'pgbench_tellers', 'pgbench_accounts', 'pgbench_history']

/** Makes the tables and fills them, as `pgbench --initialize` does. */
export async function fillBank(pool: Pool, accounts: number): Promise<void> {
  await pool.query(`
    CREATE TABLE pgbench_branches (bid integer NOT NULL, bbalance integer, filler char(88)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_tellers (tid integer NOT NULL, bid integer, tbalance integer, filler char(84)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_accounts (aid integer NOT NULL, bid integer, abalance integer, filler char(84)) WITH (fillfactor = 100);
    CREATE TABLE pgbench_history (tid integer, bid integer, aid integer, delta integer, mtime timestamp, filler char(22));
    INSERT INTO pgbench_branches SELECT place, 0, NULL FROM generate_series(1, ${bank.branches}) AS place;
    INSERT INTO pgbench_tellers SELECT place, (place - 1) % ${bank.branches} + 1, 0, NULL FROM generate_series(1, ${bank.tellers}) AS place;
    INSERT INTO pgbench_accounts SELECT place, place % ${bank.branches} + 1, 0, '' FROM generate_series(1, ${accounts}) AS place;
    ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid);
    ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid);
    ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)`)
  await pool.query('VACUUM (ANALYZE) pgbench_branches, pgbench_tellers, pgbench_accounts, pgbench_history')
}
