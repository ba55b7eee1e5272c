// Two roles from which something is held back, for tests of what they see of the trail.
import type { Role } from '@steward/engine'

export const everything = ['trail:*']
const see = { read: true, write: true }

/** Support of workspace 7: its rows alone, no secrets, customers with masks. */
export const support: Role = {
  name: 'support',
  permissions: everything,
  functions: [],
  entities: {
    orders: { ...see, where: { workspace_id: 7 } },
    customers: {
      ...see,
      where: ({ id }) => ({ workspace_id: id === 'kim' ? 7 : null }),
      mask: { phone: 'hidden', email: 'last-4', name: 'first-letter', age: 'last-4' },
    },
    lines: { ...see, where: { workspace_id: [7] } },
    plans: see,
  },
}
/** Sees all rows of everything but the secrets, customers with masks. */
export const analyst: Role = {
  name: 'analyst',
  permissions: everything,
  functions: [],
  entities: {
    '*': see,
    secrets: {},
    customers: { ...see, mask: ['phone', 'email', 'name'] },
    contacts: { ...see, mask: ['phone'] },
  },
}
