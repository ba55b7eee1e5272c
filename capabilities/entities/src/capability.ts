// What the entities register with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { entitiesContract, viewsContract } from './contract.ts'
import { entitiesErrors } from './errors.ts'
import { entitiesProcedures, viewsProcedures } from './procedures.ts'

/**
 * The entities as a capability, for the list in steward.
 *
 * @example
 * const capabilities = [trail, access, entities]
 */
export const entities: Capability = defineCapability({
  name: 'entities',
  summary: 'Read and write for every entity, saved views of them, and who has called',
  home: 'office',
  contract: entitiesContract,
  procedures: entitiesProcedures,
  errors: entitiesErrors,
  migrations: new URL('../migrations/', import.meta.url),
})

/**
 * Saved views of lists, as they are mounted: at `/views`, because below `/entities` every word is a table.
 *
 * @example
 * const mounted = { prefix: '/api/views', room: openContractRoom({ capability: savedViews, engine }) }
 */
export const savedViews: Capability = { ...entities, contract: viewsContract, procedures: viewsProcedures }

export { type CallLog, type CallLogOptions, openCallLog } from './calls/open-call-log.ts'
