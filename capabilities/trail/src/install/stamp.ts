// Gives a table created_at, updated_at and a version that counts its updates, kept by the database.
import type { Queryable } from '@steward/postgres'
import { findTable } from './find-table.ts'
import { translated } from './refusal.ts'

/**
 * Stamps a table: adds the columns that are missing and keeps all three from now on; an update that changes nothing
 * is not counted. Stamps are neither a conflict nor part of a revert.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_UNKNOWN_ENTITY, TRAIL_REFUSED when a column `version` is no integer.
 */
export async function stamp(
  queryable: Queryable,
  { entity }: { entity: string },
): Promise<{ entity: string; added: string[] }> {
  return translated(async () => {
    const table = await findTable(queryable, entity)
    const { rows } = await queryable.query<{ added: string[] }>('SELECT steward.stamp($1::regclass) AS added', [
      table.sql,
    ])
    return { entity: table.entity, added: rows[0]?.added ?? [] }
  })
}
