// Test databases: each its own, templates made once, nothing left behind.
import { openPool } from '@steward/postgres'
import { expect, test } from 'vitest'
import { testDatabase } from './test-database.ts'

test('every database is its own', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase({ name: 'With a name!' })])
  await one.pool.query('CREATE TABLE note ()')
  expect((await two.pool.query(`SELECT to_regclass('note') AS found`)).rows).toEqual([{ found: null }])
  expect(new URL(two.url).pathname).toMatch(/^\/steward_test_[0-9a-f]{8}_with_a_name__/)
  await Promise.all([one.drop(), two.drop()])
})

test('a template is filled once, also when many ask at the same time', async () => {
  let filled = 0
  const template = async (url: string) => {
    filled++
    const pool = openPool(url)
    await pool.query('CREATE TABLE note (text text); INSERT INTO note SELECT $$hello$$')
    // Left open on purpose: it must not keep the copies waiting.
  }
  const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase({ key: 'note', template })))
  expect(filled).toBe(1)
  for (const database of databases) {
    expect((await database.pool.query('SELECT text FROM note')).rows).toEqual([{ text: 'hello' }])
    await database.drop()
  }
})

test('a template that fails is not kept', async () => {
  let attempts = 0
  const template = async (url: string) => {
    const pool = openPool(url)
    await pool.query('CREATE TABLE half ()')
    await pool.end()
    if (++attempts === 1) throw new Error('not today')
  }
  await expect(testDatabase({ key: 'fails once', template })).rejects.toThrow('not today')
  const database = await testDatabase({ key: 'fails once', template })
  expect(attempts).toBe(2)
  await database.drop()
})

test('a dropped database is gone, whoever was still connected', async () => {
  const database = await testDatabase()
  const forgotten = await database.pool.connect()
  await forgotten.query('BEGIN')
  await database.drop()
  await expect(openPool(database.url).query('SELECT 1')).rejects.toMatchObject({ code: '3D000' })
})
