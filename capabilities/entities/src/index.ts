// The door of @steward/entities: the Admin API over a database, in PostgREST's dialect.
export { entitiesErrors } from './errors.ts'
export { type Entities, openEntities } from './open-entities.ts'
export type { EntitiesOptions } from './options.ts'
