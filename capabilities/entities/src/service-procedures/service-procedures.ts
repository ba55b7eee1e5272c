// Procedures of the service as the Admin API knows them: which there are, and who performs them.
import type { Performed, PerformRequest, ServiceProcedure } from '@steward/engine'

/**
 * What stands at `/rpc/<name>` beside the functions of the database.
 *
 * @example
 * const procedures: ServiceProcedures = { listed: [refund], perform: (request) => perform(engine, request) }
 */
export type ServiceProcedures = {
  listed: readonly ServiceProcedure[]
  perform: (request: PerformRequest) => Promise<Performed>
}
