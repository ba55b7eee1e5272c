// The door of @steward/entities: the Admin API over a database, in PostgREST's dialect.

export type { ColumnWords, EntityWords, Words } from './entity-words.ts'
export { entitiesErrors } from './errors.ts'
export { type Entities, openEntities } from './open-entities.ts'
export type { EntitiesOptions } from './options.ts'
export { generateTypes, type TypesOptions } from './types/generate-types.ts'
export type { TypedProcedure } from './types/write-procedures.ts'
