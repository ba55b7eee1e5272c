// Makes a client.
import { StewardClient } from './client.ts'
import type { ClientOptions } from './options.ts'
import type { AnyProcedures, ProcedureTypes } from './selected.ts'

/**
 * Makes a client of one Steward. `Database` and `Procedures` are the types that `steward sdk generate` writes; without them
 * everything may be asked for, and anything comes back. Connects when it is first used.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:4848/api', reason: 'TICKET-42' })
 * const { data } = await client.from('orders').select('id, status').eq('status', 'open')
 * for await (const order of client.scan('orders')) console.log(order.id)
 */
export function createClient<
  // oxlint-disable-next-line typescript/no-explicit-any -- as postgrest-js: without types everything may be asked for.
  Database = any,
  Procedures extends ProcedureTypes<Procedures> = AnyProcedures,
>(options: ClientOptions): StewardClient<Database, Procedures> {
  return new StewardClient(options)
}
