// What is promised of every library, kept with Drizzle.
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, numeric, pgTable, text } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { carriesOperations } from '../testing/orm-promise.ts'
import { instrument } from './instrument.ts'

const account = pgTable('account', {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  name: text().notNull(),
  amount: numeric().notNull().default('0'),
})

carriesOperations(async (url) => {
  const pool = instrument(new pg.Pool({ connectionString: url }))
  const db = drizzle(pool)
  return {
    insert: (name) => db.insert(account).values({ name }),
    inTransaction: (act) =>
      db.transaction((transaction) => act((name) => transaction.insert(account).values({ name })), {
        isolationLevel: 'repeatable read',
      }),
    rename: (from, to) => db.update(account).set({ name: to }).where(eq(account.name, from)),
    remove: (name) => db.delete(account).where(eq(account.name, name)),
    close: () => pool.end(),
  }
})
