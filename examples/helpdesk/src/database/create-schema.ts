// Makes the tables of the helpdesk in an empty database, from the SQL beside this file.
import { readFile } from 'node:fs/promises'
import type { Database } from './database.ts'

// Found from the compiled folder, too: the compiler leaves .sql files where they are.
const schemaFile = new URL('../../src/database/schema.sql', import.meta.url)

/**
 * Makes the tables, where they are not there yet.
 *
 * @example
 * await createSchema(pool)
 */
export async function createSchema(database: Database): Promise<void> {
  const { rows } = await database.query<{ there: boolean }>("SELECT to_regclass('orders') IS NOT NULL AS there")
  if (rows[0]?.there !== true) await database.query(await readFile(schemaFile, 'utf8'))
}
