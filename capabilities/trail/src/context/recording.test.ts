// Tests of what is in the trail in any case: calls that changed nothing, and calls that failed.
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { instrument } from '../instrument/instrument.ts'
import { type WitnessDatabase, witnessDatabase } from '../testing/witness.ts'
import { audited } from './audited.ts'
import { withOperation } from './current-operation.ts'
import { settled } from './recording.ts'

let database: WitnessDatabase
let pool: pg.Pool
let errors: unknown[]

beforeAll(async () => {
  database = await witnessDatabase('recording')
})
afterAll(() => database.drop())
beforeEach(() => {
  errors = []
  // One connection only: whoever waited for another would wait for ever.
  pool = instrument(new pg.Pool({ connectionString: database.url, max: 1 }), { onError: (error) => errors.push(error) })
})
afterEach(async () => {
  await pool.end()
  await database.pool.query('DELETE FROM account; DELETE FROM testimony; DELETE FROM steward.left_behind')
})

const call = <Result>(procedure: string, act: () => Result): Result => audited(act, { procedure })()

async function inTransaction<Result>(act: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await act(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

const insert = (client: { query(text: string, values: unknown[]): Promise<unknown> }, name: string) =>
  client.query('INSERT INTO account (name) VALUES ($1)', [name])

async function left(): Promise<string[]> {
  await settled()
  return (await database.left()).map(({ procedure, outcome, error }) =>
    [procedure, outcome, error].filter((part) => part !== null).join(' '),
  )
}

/** The recorder has once seen that the trail is there. */
async function warmUp(): Promise<void> {
  await call('warm.up', async () => {})
  await left()
}

describe('without a transaction', () => {
  test('a call that changed nothing is there when it returns', async () => {
    expect(await call('a.b', async () => 7)).toBe(7)
    expect((await database.left()).map(({ procedure, outcome }) => [procedure, outcome])).toEqual([['a.b', 'done']])
  })

  test('one that failed is there with its error, which comes through unchanged', async () => {
    const error = new TypeError('no such order')
    await expect(call('a.b', () => Promise.reject(error))).rejects.toBe(error)
    expect(await left()).toEqual(['a.b failed TypeError: no such order'])
  })

  test('so are functions without promises', async () => {
    const error = new Error('no')
    expect(call('a.b', () => 7)).toBe(7)
    expect(() =>
      call('a.c', () => {
        throw error
      }),
    ).toThrow(error)
    expect(await left()).toEqual(['a.b done', 'a.c failed Error: no'])
  })

  test('plain contexts leave nothing', async () => {
    await withOperation({ procedure: 'a.b' }, async () => {})
    await withOperation({ procedure: 'a.b' }, () => Promise.reject(new Error('no'))).catch(() => {})
    expect(await left()).toEqual([])
  })

  test('a write leaves it at once, and a failure after that is added', async () => {
    await warmUp()
    await call('a.b', () => insert(pool, 'one'))
    expect(await left()).toEqual(['a.b'])
    await call('a.c', async () => {
      await insert(pool, 'two')
      await insert(pool, 'three')
      throw new Error('late')
    }).catch(() => {})
    expect(await left()).toEqual(['a.c', 'a.c failed Error: late'])
    await call('a.d', () => pool.query('INSERT INTO account (name) VALUES ($1)', [null])).catch(() => {})
    expect(await left()).toEqual([expect.stringContaining('a.d failed error: null value in column "name"')])
  })

  test('many that end together are left together', async () => {
    await Promise.all(Array.from({ length: 250 }, (_, index) => call(`a.${index}`, async () => {})))
    expect(new Set(await left()).size).toBe(250)
  })
})

describe('with a transaction', () => {
  beforeEach(warmUp)

  test('the COMMIT leaves it, in the transaction itself', async () => {
    await call('a.b', () => inTransaction((client) => insert(client, 'one')))
    const [testimony] = await database.testimonies()
    const parts = await database.left()
    expect(parts).toMatchObject([{ procedure: 'a.b', outcome: null, xid: testimony?.xid }])
  })

  test('a failure is recorded when the transaction is over and its connection is free', async () => {
    const error = new Error('no')
    await expect(
      call('a.b', () =>
        inTransaction(async (client) => {
          await insert(client, 'one')
          throw error
        }),
      ),
    ).rejects.toBe(error)
    expect((await database.left()).map(({ outcome, error }) => [outcome, error])).toEqual([['failed', 'Error: no']])
    expect(await database.testimonies()).toEqual([])
  })

  test('an inner call that fails in a transaction that commits has failed', async () => {
    await call('outer', () =>
      inTransaction(async (client) => {
        await call('inner', async () => {
          await insert(client, 'one')
          throw new Error('no')
        }).catch(() => {})
        await call('idle', async () => client.query('SELECT 1'))
      }),
    )
    expect((await left()).sort()).toEqual(['idle done', 'inner failed Error: no', 'outer'])
    expect(await database.testimonies()).toHaveLength(1)
  })

  test('inner calls of a transaction that is rolled back were called all the same', async () => {
    await call('outer', () =>
      inTransaction(async (client) => {
        await call('inner', () => insert(client, 'one'))
        await call('bad', () => client.query('nonsense'))
      }),
    ).catch(() => {})
    expect((await left()).sort()).toEqual([
      'bad failed error: syntax error at or near "nonsense"',
      'inner done',
      'outer failed error: syntax error at or near "nonsense"',
    ])
  })

  test('inner calls that send nothing while the only connection is held do not wait for it', async () => {
    await inTransaction(async (client) => {
      await call('a.b', async () => {})
      await call('a.c', () => Promise.reject(new Error('no'))).catch(() => {})
      await insert(client, 'one')
    })
    expect((await left()).sort()).toEqual(['a.b done', 'a.c failed Error: no'])
  })

  test('a COMMIT that the server refuses is a failure of the call', async () => {
    await expect(
      call('a.b', () => inTransaction((client) => client.query('INSERT INTO child VALUES (1, 4711)'))),
    ).rejects.toMatchObject({ code: '23503' })
    expect(await left()).toEqual([expect.stringContaining('a.b failed error: insert or update on table "child"')])
  })

  test('a lost connection is a failure of the call', async () => {
    const held = call('a.b', async () => {
      const client = await pool.connect()
      client.on('error', () => {})
      await client.query('BEGIN')
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      const ended = new Promise((resolve) => client.once('end', resolve))
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      await ended
      client.release(true)
      throw new Error('gone')
    })
    await expect(held).rejects.toThrow('gone')
    expect(await left()).toEqual(['a.b failed Error: gone'])
  })

  test('in a read-only transaction nothing is left, but after it', async () => {
    await call('a.b', async () => {
      const client = await pool.connect()
      await client.query('BEGIN READ ONLY')
      await client.query('SELECT 1')
      await client.query('COMMIT')
      client.release()
    })
    expect(await left()).toEqual(['a.b done'])
    await call('a.c', () => inTransaction((client) => client.query('SET TRANSACTION READ ONLY')))
    expect(await left()).toEqual(['a.c done'])
    await pool.query('SET default_transaction_read_only = on')
    await call('a.d', () => inTransaction((client) => client.query('SELECT 1')))
    await pool.query('SET default_transaction_read_only = off')
    await settled()
    expect(errors).toMatchObject([{ code: '25006' }])
  })

  test('a client without a pool leaves it between its transactions', async () => {
    const client = instrument(new pg.Client(database.url))
    await client.connect()
    await call('outer', async () => {
      await client.query('BEGIN')
      await call('inner', async () => client.query('SELECT 1'))
      await client.query('ROLLBACK')
      await client.query("INSERT INTO account (name) VALUES ('one')")
    })
    expect((await left()).sort()).toEqual(['inner done', 'outer done'])
    await client.end()
  })
})

describe('when recording fails', () => {
  test('the caller hears nothing of it, and its work is done', async () => {
    await warmUp()
    await database.pool.query('ALTER TABLE steward.left_behind ADD CONSTRAINT never CHECK (false) NOT VALID')
    try {
      expect(await call('a.b', async () => 7)).toBe(7)
      await settled()
      expect(errors).toHaveLength(1)
      // COMMIT and single statements had it on board: they go again without it.
      await call('a.c', () => inTransaction((client) => insert(client, 'one')))
      await call('a.d', () => insert(pool, 'two'))
      await call('a.e', () => pool.query("INSERT INTO account (name) VALUES ('three')"))
      expect((await database.testimonies()).map(({ name, procedures }) => [name, ...procedures])).toEqual([
        ['one', 'a.c'],
        ['two', 'a.d'],
        ['three', 'a.e'],
      ])
      expect(errors.length).toBeGreaterThanOrEqual(2)
    } finally {
      await database.pool.query('ALTER TABLE steward.left_behind DROP CONSTRAINT never')
    }
  })

  test('one that cannot be written does not take the others along', async () => {
    await database.pool.query(
      "ALTER TABLE steward.left_behind ADD CONSTRAINT picky CHECK (context NOT LIKE '%a.bad%') NOT VALID",
    )
    try {
      await Promise.all(['a.b', 'a.bad', 'a.c'].map((name) => call(name, async () => {})))
      expect((await left()).sort()).toEqual(['a.b done', 'a.c done'])
      expect(errors).toHaveLength(1)
    } finally {
      await database.pool.query('ALTER TABLE steward.left_behind DROP CONSTRAINT picky')
    }
  })

  test('where the trail is not installed nobody is hurt, and it is not asked for each call', async () => {
    await warmUp()
    await database.pool.query('ALTER SCHEMA steward RENAME TO gone')
    try {
      await call('a.b', () => inTransaction((client) => insert(client, 'one')))
      await call('a.c', () => insert(pool, 'two'))
      await call('a.d', async () => {})
      await call('a.e', () => inTransaction((client) => insert(client, 'three')))
      await settled()
      expect(await database.testimonies()).toHaveLength(3)
      expect(errors).toHaveLength(1)
    } finally {
      await database.pool.query('ALTER SCHEMA gone RENAME TO steward')
    }
  })
})

test('a pool that is ended records first', async () => {
  const other = instrument(new pg.Pool({ connectionString: database.url }))
  for (let index = 0; index < 5; index++) await call('a.b', () => other.query('SELECT 1'))
  call('a.c', () => 7)
  await withOperation({ record: 'always', procedure: 'a.d' }, () => other.query('SELECT 1'))
  await other.end()
  await settled()
  expect((await database.left()).map(({ procedure }) => procedure).sort()).toEqual([
    ...Array(5).fill('a.b'),
    'a.c',
    'a.d',
  ])
})
