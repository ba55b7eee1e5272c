// Acts on a test database as a named operation, the way an instrumented service does; for tests only.
import { timeOrderedId } from '@steward/base'
import { inTransaction, type Pool } from '@steward/postgres'
import { encodeContext } from '../context/wire.ts'

/** Runs statements in one transaction as one operation; gives its id. */
export async function operate(pool: Pool, procedure: string, ...statements: string[]): Promise<string> {
  const id = timeOrderedId()
  const context = encodeContext({ id, actor: { type: 'user', id: '7', name: 'Kim' }, procedure, source: 'app' }, '')
  await inTransaction(pool, { settings: { 'steward.context': context } }, async (transaction) => {
    for (const statement of statements) await transaction.query(statement)
  })
  return id
}

/** All rows of tables as COPY would write them: to the last character. */
export async function snapshot(pool: Pool, tables: string[], leaveOut: string[] = []): Promise<string> {
  const parts: string[] = []
  for (const table of tables) {
    const { rows } = await pool.query<{ columns: string }>(
      `SELECT string_agg(format('coalesce(%I::text, ''\\N'')', attname), ' || chr(9) || ' ORDER BY attnum) AS columns
         FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL ($2)`,
      [table, leaveOut],
    )
    const lines = await pool.query<{ line: string }>(`SELECT ${rows[0]?.columns} AS line FROM ${table} ORDER BY 1`)
    parts.push(`${table}\n${lines.rows.map(({ line }) => line).join('\n')}`)
  }
  return parts.join('\n')
}
