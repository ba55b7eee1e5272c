// The types of a database for its clients, in the format that Supabase's command line made common.
import type { Queryable } from '@steward/postgres'
import { readFacts } from '../catalog/read-facts.ts'
import { readTypeFacts } from './read-type-facts.ts'
import { makeTypeModel } from './type-model.ts'
import { type TypedProcedure, writeProcedures } from './write-procedures.ts'
import { writeTypes } from './write-types.ts'

/**
 * Of what types are wanted, and how exact.
 *
 * @example
 * const options: TypesOptions = { schemas: ['public', 'personal'], isExact: true }
 */
export type TypesOptions = {
  /** Exposed schemas, the default first. */
  schemas: readonly [string, ...string[]]
  extraSearchPath?: readonly string[]
  /** `bigint` and `numeric` are texts, as a client that asks for `numbers=string` gets them; else they are numbers. */
  isExact?: boolean
  /** The service's own procedures; the interface `Procedures` is written where there are any. */
  procedures?: readonly TypedProcedure[]
}

/**
 * Writes the types of every table, view, function, enum and composite type of the schemas as a file of TypeScript, for
 * `createClient<Database>()` and for every client of PostgREST's. The same database gives the same text.
 *
 * @throws PostgreSQL's error where the schema cannot be read.
 * @example
 * const text = await generateTypes(pool, { schemas: ['public'] })
 */
export async function generateTypes(queryable: Queryable, options: TypesOptions): Promise<string> {
  const { schemas, extraSearchPath = ['public'], isExact = false, procedures = [] } = options
  const facts = await readFacts(queryable, schemas, extraSearchPath)
  const typeFacts = await readTypeFacts(queryable, schemas, extraSearchPath)
  const model = makeTypeModel(facts, typeFacts, extraSearchPath)
  const database = writeTypes({ model, types: typeFacts.types, schemas, isExact })
  return procedures.length === 0 ? database : `${database}\n${writeProcedures(procedures)}`
}
