// What is promised of every library, kept by node-postgres alone.
import pg from 'pg'
import { carriesOperations } from '../testing/orm-promise.ts'
import { instrument } from './instrument.ts'

const insertInto = (to: pg.Pool | pg.PoolClient) => (name: string) =>
  to.query('INSERT INTO account (name) VALUES ($1)', [name])

carriesOperations(async (url) => {
  const pool = instrument(new pg.Pool({ connectionString: url }))
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
    close: () => pool.end(),
  }
})
