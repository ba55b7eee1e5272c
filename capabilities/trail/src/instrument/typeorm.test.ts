// What is promised of every library, kept with TypeORM: by its driver option, before and after it is initialized.
import pg from 'pg'
import { DataSource, type EntityManager, EntitySchema } from 'typeorm'
import { describe, expect, test } from 'vitest'
import { withOperation } from '../context/current-operation.ts'
import { carriesOperations, type Library } from '../testing/orm-promise.ts'
import { instrument } from './instrument.ts'

type Account = { id: number; name: string; amount: string }

const Account = new EntitySchema<Account>({
  name: 'account',
  columns: {
    id: { type: Number, primary: true, generated: true },
    name: { type: String },
    amount: { type: 'numeric', default: 0 },
  },
})

const insertInto = (manager: EntityManager) => (name: string) => manager.getRepository(Account).save({ name })

function libraryOf(dataSource: DataSource): Library {
  return {
    insert: insertInto(dataSource.manager),
    inTransaction: (act) => dataSource.transaction('SERIALIZABLE', (manager) => act(insertInto(manager))),
    rename: (from, to) => dataSource.getRepository(Account).update({ name: from }, { name: to }),
    remove: (name) => dataSource.getRepository(Account).delete({ name }),
    close: () => dataSource.destroy(),
  }
}

const options = { type: 'postgres' as const, entities: [Account], logging: false }

describe('with the driver option', () => {
  const { library, trail } = carriesOperations(async (url) => {
    return libraryOf(await new DataSource({ ...options, url, driver: instrument(pg) }).initialize())
  })

  test('transaction SERIALIZABLE is one', async () => {
    await withOperation({ procedure: 'a.b' }, () =>
      library().inTransaction(async (insert) => {
        await insert('one')
      }),
    )
    expect(await trail().changes()).toMatchObject([{ name: 'one', procedure: 'a.b' }])
  })
})

describe('instrumented before it is initialized', () => {
  carriesOperations(async (url) => libraryOf(await instrument(new DataSource({ ...options, url })).initialize()))
})

describe('instrumented after it is initialized', () => {
  carriesOperations(async (url) => libraryOf(instrument(await new DataSource({ ...options, url }).initialize())))
})

test('a DataSource of another database is refused', () => {
  const other = { options: { type: 'sqlite' }, driver: {}, initialize: () => {} }
  expect(() => instrument(other)).toThrow(expect.objectContaining({ code: 'TRAIL_CANNOT_INSTRUMENT' }))
})
