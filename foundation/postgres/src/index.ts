// The door of @steward/postgres: the only package that opens connections.
export {
  type Catalog,
  type CatalogColumn,
  type CatalogEnum,
  type CatalogForeignKey,
  type CatalogFunction,
  type CatalogKey,
  type CatalogRelation,
  type QualifiedName,
  type ReferentialAction,
  type RelationKind,
  readCatalog,
} from './catalog.ts'
export { type Entity, formatEntity, parseEntity } from './entity.ts'
export { postgresErrors } from './errors.ts'
export { quoteIdentifier, quoteLiteral } from './identifier.ts'
export { type MigrateOptions, type MigrationReport, migrate } from './migrate.ts'
export { openPool, type Pool, type PoolOptions } from './pool.ts'
export { type PreparedQuery, queryPrepared } from './query-prepared.ts'
export type { Connectable, Queryable, Transaction } from './queryable.ts'
export { inTransaction, type TransactionOptions } from './transaction.ts'
export { type ServerError, serverErrorOf, serverErrors, translatePostgresError } from './translate-error.ts'
