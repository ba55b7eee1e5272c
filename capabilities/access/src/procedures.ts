// Promise by promise, which verb of access keeps it.
import { keep } from '@steward/engine'
import { accessContract } from './contract.ts'
import { createKey } from './create-key.ts'
import { revokeKey } from './revoke-key.ts'
import { selectKeys } from './store.ts'

export const accessProcedures = keep(accessContract, {
  createKey: ({ transaction, actor }, order) => createKey(transaction, { ...order, by: actor }),
  listKeys: ({ transaction }, { all }) => selectKeys(transaction, all),
  revokeKey: ({ transaction }, { id }) => revokeKey(transaction, id),
})
