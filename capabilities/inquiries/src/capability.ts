// What inquiries register with the engine.
import { type Capability, defineCapability } from '@steward/engine'
import { inquiriesContract } from './contract.ts'
import { inquiriesErrors } from './errors.ts'
import type { ListPeople } from './list-colleagues.ts'
import { inquiriesProcedures } from './procedures.ts'

/**
 * What inquiries are told of the installation.
 *
 * @example
 * const options: InquiriesOptions = { listPeople: async () => [] }
 */
export type InquiriesOptions = {
  /** Who works here; without it an inquiry can be given only to those who have asked or answered before. */
  listPeople?: ListPeople
}

/**
 * Inquiries as a capability, for the list in steward.
 *
 * @example
 * const capabilities = [trail, inquiries({ listPeople: async () => [] })]
 */
export function inquiries({ listPeople = async () => [] }: InquiriesOptions = {}): Capability {
  return defineCapability({
    name: 'inquiries',
    summary: 'What support hands to a developer about a record or an operation, and the answer',
    home: 'office',
    contract: inquiriesContract,
    procedures: inquiriesProcedures(listPeople),
    errors: inquiriesErrors,
    migrations: new URL('../migrations/', import.meta.url),
  })
}

export type { ListPeople } from './list-colleagues.ts'
