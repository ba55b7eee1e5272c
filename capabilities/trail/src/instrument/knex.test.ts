// What is promised of every library, kept with Knex, by the recipe of the README.
import knex from 'knex'
import { carriesOperations } from '../testing/orm-promise.ts'
import { instrument } from './instrument.ts'

carriesOperations(async (url) => {
  const db = knex({ client: 'pg', connection: url })
  // Before the first query: Knex makes its own clients with this driver.
  db.client.driver = instrument(db.client.driver)
  return {
    insert: (name) => db('account').insert({ name }),
    inTransaction: (act) => db.transaction((transaction) => act((name) => transaction('account').insert({ name }))),
    rename: (from, to) => db('account').where({ name: from }).update({ name: to }),
    remove: (name) => db('account').where({ name }).delete(),
    close: () => db.destroy(),
  }
})
