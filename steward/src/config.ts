// The door steward/config: what a team's steward.config.ts is written with. Light: no server, no cluster.
export { StewardError } from '@steward/base'
export { type Acting, defineProcedure, type EntityRule, type ServiceProcedure } from '@steward/engine'
export type { ColumnWords, EntityWords, Words } from '@steward/entities'
export { type Configuration, defineConfig, type RoleConfiguration } from './config/configuration.ts'
