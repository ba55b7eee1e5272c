// What is promised of every library, kept with Kysely.
import { type Generated, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { carriesOperations } from '../testing/orm-promise.ts'
import { instrument } from './instrument.ts'

type Database = { account: { id: Generated<number>; name: string; amount: Generated<string> } }

carriesOperations(async (url) => {
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: instrument(new pg.Pool({ connectionString: url })) }),
  })
  const insertInto = (to: Kysely<Database>) => (name: string) => to.insertInto('account').values({ name }).execute()
  return {
    insert: insertInto(db),
    inTransaction: (act) =>
      db
        .transaction()
        .setIsolationLevel('serializable')
        .execute((transaction) => act(insertInto(transaction))),
    rename: (from, to) => db.updateTable('account').set({ name: to }).where('name', '=', from).execute(),
    remove: (name) => db.deleteFrom('account').where('name', '=', name).execute(),
    close: () => db.destroy(),
  }
})
