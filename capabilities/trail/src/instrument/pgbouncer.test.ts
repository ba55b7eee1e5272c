// What is promised of every library, kept behind PgBouncer in transaction mode: two server connections for many clients.
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { carriesOperations } from '../testing/orm-promise.ts'
import { findPgBouncer, startPgBouncer } from '../testing/pgbouncer.ts'
import { instrument } from './instrument.ts'

const program = findPgBouncer()

if (program === undefined) {
  test('PgBouncer in transaction mode', ({ skip }) => {
    skip('PgBouncer is not installed here: install it, or name it in STEWARD_TEST_PGBOUNCER.')
    expect(program).toBeDefined()
  })
} else {
  describe('PgBouncer in transaction mode', () => {
    carriesOperations(async (url) => {
      const bouncer = await startPgBouncer(program, url)
      const pool = instrument(new pg.Pool({ connectionString: bouncer.url, max: 20 }))
      const insertInto = (to: pg.Pool | pg.PoolClient) => (name: string) =>
        name.length % 2 === 0
          ? to.query('INSERT INTO account (name) VALUES ($1)', [name])
          : to.query(`INSERT INTO account (name) VALUES ('${name}')`)
      return {
        insert: insertInto(pool),
        inTransaction: async (act) => {
          const client = await pool.connect()
          try {
            await client.query('BEGIN')
            await act(insertInto(client))
            await client.query('COMMIT')
          } catch (error) {
            await client.query('ROLLBACK')
            throw error
          } finally {
            client.release()
          }
        },
        rename: (from, to) => pool.query('UPDATE account SET name = $2 WHERE name = $1', [from, to]),
        remove: (name) => pool.query('DELETE FROM account WHERE name = $1', [name]),
        close: async () => {
          await pool.end()
          await bouncer.stop()
        },
      }
    })
  })
}
