// What the entities register with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { entitiesContract } from './contract.ts'
import { entitiesErrors } from './errors.ts'
import { entitiesProcedures } from './procedures.ts'

/**
 * The entities as a capability, for the list in steward.
 *
 * @example
 * const capabilities = [trail, access, entities]
 */
export const entities: Capability = defineCapability({
  name: 'entities',
  summary: 'Read and write for every entity, and who has called',
  home: 'office',
  contract: entitiesContract,
  procedures: entitiesProcedures,
  errors: entitiesErrors,
  migrations: new URL('../migrations/', import.meta.url),
})

export { type CallLog, type CallLogOptions, openCallLog } from './calls/open-call-log.ts'
