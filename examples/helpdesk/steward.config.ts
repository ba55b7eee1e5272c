// How Steward serves the helpdesk: our words for its tables, our roles, and business functions that people may perform.
import { defineConfig } from 'steward/config'
import { entities } from './steward/entities.ts'
import { procedures } from './steward/procedures.ts'
import { roles } from './steward/roles.ts'

export default defineConfig({
  entities,
  roles,
  procedures,
  // The colour on top of every page: nobody should take this one for production.
  service: { name: 'Helpdesk', environment: 'development' },
})
