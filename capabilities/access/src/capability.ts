// What access registers with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { accessContract } from './contract.ts'
import { accessErrors } from './errors.ts'
import { accessProcedures } from './procedures.ts'

/**
 * Access as a capability, for the list in steward.
 *
 * @example
 * const capabilities = [trail, access]
 */
export const access: Capability = defineCapability({
  name: 'access',
  summary: 'Who may come in: keys for programs, bound to roles',
  home: 'office',
  contract: accessContract,
  procedures: accessProcedures,
  errors: accessErrors,
  migrations: new URL('../migrations/', import.meta.url),
})
