// Reads from the catalog what types of TypeScript are made of, beside the facts that the schema cache is derived from.
import { readFileSync } from 'node:fs'
import type { QualifiedName, Queryable } from '@steward/postgres'

/** A type that is not one of PostgreSQL's own; `text` is how the catalog writes it where no schema is left out. */
export type NamedType = QualifiedName & {
  text: string
  /** `row` is the type of a table's or view's rows, `other` what an extension brings, and ranges. */
  kind: 'enum' | 'composite' | 'row' | 'domain' | 'other'
  labels: string[]
  attributes: TypedName[]
  /** Of a domain. */
  base: string | null
  /** It becomes JSON of its own and no text. */
  isJson: boolean
}

/** A column or attribute with its type as the catalog writes it, without length or precision. */
export type TypedName = { name: string; type: string }

/** What types are made of. */
export type TypeFacts = {
  columns: (TypedName & { relation: number; isWritable: boolean })[]
  types: NamedType[]
  /** The columns that functions return which say so themselves: `TABLE (…)` and OUT parameters. */
  results: (QualifiedName & { parameters: string[]; columns: TypedName[] })[]
}

const sql = readFileSync(new URL('../../sql/types.sql', import.meta.url), 'utf8')

// As for the facts of the schema cache: with an empty path every name is printed in full, and afterwards it is put back.
const statement = `
  WITH pinned AS MATERIALIZED (
    SELECT current_setting('search_path') AS before, set_config('search_path', '', true) AS now
  )
  SELECT (${sql}) AS facts, set_config('search_path', pinned.before, true) AS restored, pinned.now AS pinned
  FROM pinned`

/** Reads them for the exposed schemas, in one statement. */
export async function readTypeFacts(
  queryable: Queryable,
  schemas: readonly string[],
  extra: readonly string[],
): Promise<TypeFacts> {
  const { rows } = await queryable.query<{ facts: string }>(statement, [schemas, extra])
  return JSON.parse((rows[0] as { facts: string }).facts) as TypeFacts
}
