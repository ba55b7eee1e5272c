// The library door of @steward/access.
export { authenticateKey } from './authenticate-key.ts'
export { createKey, type KeyOrder } from './create-key.ts'
export { accessErrors } from './errors.ts'
export { BuiltInRole, Key, NewKey } from './key.ts'
export { revokeKey } from './revoke-key.ts'
export { selectKeys as listKeys } from './store.ts'
