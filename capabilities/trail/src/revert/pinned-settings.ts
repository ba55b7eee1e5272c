// Settings that change how PostgreSQL writes and reads values, pinned as the capture pins them.
import type { Transaction } from '@steward/postgres'

/** Pins them until the transaction ends. Must run before values are read as text or written back. */
export async function pinSettings(transaction: Transaction): Promise<void> {
  await transaction.query(`
    SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
           set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
           set_config('bytea_output', 'hex', true), set_config('lc_monetary', 'C', true), set_config('xmloption', 'content', true)`)
}
