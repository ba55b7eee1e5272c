// Puts the imagined past into the database: its rows as they stand, and its operations as imported history.
import type { Trail } from '@steward/trail'
import type { Pool } from 'pg'
import { type Table, tables, type World } from './world.ts'

// The import takes a thousand lines at a time, and what belongs to one operation must come in one of them.
const linesAtOnce = 1000

/** Loads all rows. The tables are not under the trail yet: what happened before has its own history. */
export async function storeRows(pool: Pool, world: World): Promise<void> {
  for (const table of Object.keys(tables) as Table[]) {
    const generated: readonly string[] = tables[table].generated
    const rows = world.all(table)
    if (rows.length === 0) continue
    const columns = Object.keys(rows[0] ?? {}).filter((name) => !generated.includes(name))
    // All at once: rows of one table may refer to each other.
    await pool.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    )
  }
  // The counters go on where the ids of the past end.
  await pool.query(
    ['members', 'customers', 'messages', 'orders']
      .map((table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`)
      .join(';'),
  )
}

/** Imports all operations; `onProgress` is told how many changes are in. */
export async function importPast(
  trail: Trail,
  { operations }: World,
  onProgress: (changes: number) => void,
): Promise<void> {
  let lines: string[] = []
  let done = 0
  const send = async () => {
    done += lines.length
    await trail.import(lines)
    lines = []
    onProgress(done)
  }
  for (const operation of operations) {
    if (lines.length + operation.length > linesAtOnce) await send()
    lines.push(...operation)
  }
  await send()
}
