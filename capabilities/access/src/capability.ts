// What access registers with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { accessContract } from './contract.ts'
import { accessErrors } from './errors.ts'
import type { KnownRoles } from './grant-role.ts'
import { accessProcedures } from './procedures.ts'

/**
 * What access is told of the installation.
 *
 * @example
 * const options: AccessOptions = { roles: () => ['admin', 'reader', 'cx'], url: 'https://steward.example.com' }
 */
export type AccessOptions = {
  /** The names of the roles that may be handed out, asked each time; admin and reader unless given. */
  roles?: KnownRoles
  /** Where Steward is served, for links to people; `http://127.0.0.1:4848` unless given. */
  url?: string
}

/**
 * Access as a capability, for the list in steward.
 *
 * @example
 * const capabilities = [trail, access({ roles: () => ['admin', 'reader', 'cx'] })]
 */
export function access({
  roles = () => ['admin', 'reader'],
  url = 'http://127.0.0.1:4848',
}: AccessOptions = {}): Capability {
  return defineCapability({
    name: 'access',
    summary: 'Who may come in: people with their sessions, keys for programs, each with a role',
    home: 'office',
    contract: accessContract,
    procedures: accessProcedures({ roles, url }),
    errors: accessErrors,
    migrations: new URL('../migrations/', import.meta.url),
  })
}
