// Errors of a real server, and of the way to it, in Steward's words.
import type { Socket } from 'node:net'
import { isStewardError } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from './pool.ts'
import { serverErrorOf, serverErrors, translatePostgresError } from './translate-error.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ name: 'translate' })
  await database.pool.query(`
    CREATE TABLE users (id int PRIMARY KEY, email varchar(20) UNIQUE NOT NULL, age int CHECK (age > 0), during int4range,
      EXCLUDE USING gist (during WITH &&));
    CREATE TABLE orders (id int, user_id int REFERENCES users);
    INSERT INTO users VALUES (1, 'a@b.c', 1, '[1,5)');
    INSERT INTO orders VALUES (1, 1);
    CREATE ROLE nobody_much_${process.pid};
    CREATE FUNCTION refuse() RETURNS void LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no %', 'way' USING HINT = 'Ask first.'; END$$;
  `)
})
afterAll(async () => {
  await database.pool.query(`DROP ROLE nobody_much_${process.pid}`)
  await database.drop()
})

const failureOf = async (sql: string) => {
  const client = await database.pool.connect()
  try {
    await client.query(sql)
    throw new Error('It did not fail.')
  } catch (error) {
    const translated = translatePostgresError(error)
    if (!isStewardError(translated)) throw error
    expect(translated.cause).toBe(error)
    return translated
  } finally {
    client.release(true)
  }
}

describe('the server’s errors', () => {
  test.each([
    [`INSERT INTO users VALUES (2, 'a@b.c')`, 'UNIQUE_VIOLATION', 409],
    [`INSERT INTO orders VALUES (2, 99)`, 'FOREIGN_KEY_VIOLATION', 409],
    [`DELETE FROM users`, 'FOREIGN_KEY_VIOLATION', 409],
    [`INSERT INTO users VALUES (2, NULL)`, 'NOT_NULL_VIOLATION', 422],
    [`INSERT INTO users VALUES (2, 'x', 0)`, 'CHECK_VIOLATION', 422],
    [`INSERT INTO users VALUES (2, 'x', 1, '[4,6)')`, 'EXCLUSION_VIOLATION', 409],
    [`INSERT INTO users VALUES (2, 'longer than twenty characters')`, 'VALUE_TOO_LONG', 422],
    [`SELECT 'abc'::int`, 'INVALID_TEXT', 422],
    [`SELECT 'yesterdayish'::timestamptz`, 'INVALID_TEXT', 422],
    [`SELECT 99999999999::int`, 'OUT_OF_RANGE', 422],
    [`SELECT 1 / 0`, 'DIVISION_BY_ZERO', 422],
    [`SELECT ln(-1)`, 'INVALID_VALUE', 422],
    [`SELECT * FROM nothing`, 'UNDEFINED_TABLE', 404],
    [`SELECT nothing FROM users`, 'UNDEFINED_COLUMN', 400],
    [`SELECT nothing()`, 'UNDEFINED_FUNCTION', 400],
    [`CREATE TABLE nothing.t ()`, 'UNDEFINED_SCHEMA', 404],
    [`CREATE TABLE users ()`, 'ALREADY_EXISTS', 409],
    [`DROP TABLE users`, 'DEPENDENT_OBJECTS', 409],
    [`SELEC 1`, 'SYNTAX', 400],
    [`SELECT id, count(*) FROM users`, 'STATEMENT_INVALID', 400],
    [`SET SESSION AUTHORIZATION nobody_much_${process.pid}; SELECT * FROM users`, 'NOT_PERMITTED', 403],
    [`BEGIN READ ONLY; DELETE FROM orders`, 'READ_ONLY', 403],
    [`SET statement_timeout = 10; SELECT pg_sleep(5)`, 'STATEMENT_TIMEOUT', 504],
    [`SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5)`, 'CANCELED', 499],
    [`SELECT pg_terminate_backend(pg_backend_pid())`, 'CONNECTION_LOST', 503],
    [`SELECT refuse()`, 'RAISED', 422],
    [`DO $$BEGIN RAISE SQLSTATE '40001' USING MESSAGE = 'again'; END$$`, 'SERIALIZATION_FAILURE', 409],
    [`DO $$BEGIN RAISE SQLSTATE '40P01' USING MESSAGE = 'stuck'; END$$`, 'DEADLOCK', 409],
    [`DO $$BEGIN RAISE SQLSTATE '53300' USING MESSAGE = 'full'; END$$`, 'TOO_MANY_CONNECTIONS', 503],
    [`DO $$BEGIN RAISE SQLSTATE '53100' USING MESSAGE = 'disk'; END$$`, 'OUT_OF_RESOURCES', 503],
    [`DO $$BEGIN RAISE SQLSTATE 'AB123' USING MESSAGE = 'own'; END$$`, 'FAILED', 500],
  ])('%s is %s', async (sql, name, status) => {
    const error = await failureOf(sql)
    expect(error).toMatchObject({ code: `POSTGRES_${name}`, status, hint: expect.stringMatching(/\S/) })
  })

  test('keep the message, the values and the names, and the server’s own hint goes first', async () => {
    expect((await failureOf(`INSERT INTO users VALUES (2, 'a@b.c')`)).toJSON()).toEqual({
      code: 'POSTGRES_UNIQUE_VIOLATION',
      message: 'duplicate key value violates unique constraint "users_email_key"',
      details: 'Key (email)=(a@b.c) already exists. (table public.users, constraint users_email_key, SQLSTATE 23505)',
      hint: 'Another row has these values already: change one of the two, or update that row.',
    })
    expect((await failureOf(`SELECT emial FROM users`)).hint).toMatch(/^Perhaps you meant .*"users.email"/)
    expect((await failureOf(`SELECT refuse()`)).toJSON()).toMatchObject({
      message: 'no way',
      hint: expect.stringMatching(/^Ask first\. /),
      details: expect.stringContaining('PL/pgSQL function refuse()'),
    })
  })

  test('a lock that is not had in time', async () => {
    const holder = await database.pool.connect()
    try {
      await holder.query('BEGIN; LOCK TABLE users')
      expect((await failureOf('SET lock_timeout = 20; SELECT * FROM users')).code).toBe('POSTGRES_LOCK_TIMEOUT')
      expect((await failureOf('BEGIN; LOCK TABLE users NOWAIT')).code).toBe('POSTGRES_LOCK_TIMEOUT')
    } finally {
      holder.release(true)
    }
  })

  test('are found inside what ORMs throw', async () => {
    const sent = (await failureOf('SELECT 1 / 0')).cause
    const wrapped = Object.assign(new Error('QueryFailedError'), { driverError: sent })
    const twice = new Error('Failed query: SELECT 1 / 0', { cause: wrapped })
    expect(serverErrorOf(twice)?.code).toBe('22012')
    expect(translatePostgresError(twice)).toMatchObject({ code: 'POSTGRES_DIVISION_BY_ZERO', cause: twice })
  })
})

describe('the way to the server', () => {
  const connecting = async (url: string, more = {}) => {
    const pool = openPool({ connectionString: url, ...more })
    const error = await pool.query('SELECT 1').then(
      () => undefined,
      (reason: unknown) => translatePostgresError(reason),
    )
    await pool.end()
    return error
  }
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url)
    change(url)
    return url.href
  }

  test.each(['127.0.0.1', 'localhost'])('nobody listens at %s', async (host) => {
    expect(await connecting(`postgres://${host}:1/x`)).toMatchObject({
      code: 'POSTGRES_CONNECTION_FAILED',
      status: 503,
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('there is no such host, socket or server in time', async () => {
    const failed = { code: 'POSTGRES_CONNECTION_FAILED' }
    expect(await connecting('postgres://no-such-host.invalid/x')).toMatchObject(failed)
    expect(await connecting('', { connectionString: undefined, host: '/nowhere/at/all' })).toMatchObject(failed)
  })

  test('the password is wrong, or missing', async () => {
    const refused = { code: 'POSTGRES_NOT_AUTHENTICATED', status: 401 }
    expect(await connecting(changed((url) => (url.password = 'wrong')))).toMatchObject(refused)
    const client = new pg.Client(changed((url) => (url.password = '')))
    const error = await client.connect().catch((reason: unknown) => translatePostgresError(reason))
    expect(error).toMatchObject(refused)
    // pg leaves this connection open; half signed in, it would keep DROP DATABASE waiting for a minute.
    ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
  })

  test('there is no such database', async () => {
    expect(await connecting(changed((url) => (url.pathname = '/nothing')))).toMatchObject({
      code: 'POSTGRES_UNDEFINED_DATABASE',
    })
  })
})

test('whatever is no error of PostgreSQL comes back unchanged', () => {
  for (const error of [
    new Error('x'),
    new TypeError('x'),
    'x',
    null,
    undefined,
    Object.assign(new Error('x'), { code: 'ENOENT' }),
  ]) {
    expect(translatePostgresError(error)).toBe(error)
  }
  const own = serverErrors.DEADLOCK({ message: 'x', details: null, serverHint: null })
  expect(translatePostgresError(own)).toBe(own)
})

test('every code has a hint', () => {
  for (const { declaration } of Object.values(serverErrors)) {
    expect(declaration.hint({ message: '', details: null, serverHint: null })).toMatch(/\w/)
  }
})
