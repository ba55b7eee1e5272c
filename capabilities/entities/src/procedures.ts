// Promise by promise, which verb of the entities keeps it.
import { keep } from '@steward/engine'
import { selectCalls } from './calls/store.ts'
import { entitiesContract } from './contract.ts'

export const entitiesProcedures = keep(entitiesContract, {
  calls: ({ transaction }, filter) => selectCalls(transaction, filter),
})
