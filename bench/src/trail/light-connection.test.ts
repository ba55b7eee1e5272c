// Light connections: the messages are PostgreSQL's, statements are run, and an error is one.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorIn, isReady, openLightConnection } from './light-connection.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ name: 'light' })
  await database.pool.query('CREATE TABLE account (id integer PRIMARY KEY, balance integer)')
})
afterAll(() => database.drop())

test('statements run in the transaction that was begun', async () => {
  const connection = await openLightConnection(database.url, {
    open: 'INSERT INTO account (id, balance) VALUES ($1, $2)',
  })
  await connection.run('BEGIN')
  await connection.execute('open', [1, -250])
  await connection.run('COMMIT')
  await connection.run('BEGIN')
  await connection.execute('open', [2, 0])
  await connection.run('ROLLBACK')
  connection.close()
  expect((await database.pool.query('SELECT * FROM account')).rows).toEqual([{ id: 1, balance: -250 }])
})

test('an error of the server is an error here, and the connection goes on', async () => {
  const connection = await openLightConnection(database.url, { twice: 'SELECT $1::integer / 0' })
  await expect(connection.execute('twice', [1])).rejects.toThrow('division by zero')
  await connection.run('SELECT 1')
  connection.close()
})

test('an answer is whole when it ends with ReadyForQuery', () => {
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
  expect(isReady(ready)).toBe(true)
  expect(isReady(ready.subarray(0, 5))).toBe(false)
  expect(isReady(Buffer.from([0x43, 0, 0, 0, 6, 0x5a]))).toBe(false)
  expect(errorIn(ready)).toBeNull()
})
