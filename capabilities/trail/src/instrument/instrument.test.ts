// Tests of how the context reaches the database, against a witness that copies it at each change.
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import Cursor from 'pg-cursor'
import QueryStream from 'pg-query-stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withOperation } from '../context/current-operation.ts'
import { type WitnessDatabase, witnessDatabase } from '../testing/witness.ts'
import { instrument } from './instrument.ts'

let database: WitnessDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await witnessDatabase('instrument')
})
afterAll(() => database.drop())
beforeEach(() => {
  pool = instrument(new pg.Pool({ connectionString: database.url, max: 4 }))
})
afterEach(async () => {
  await pool.end()
  await database.pool.query(
    'DELETE FROM child; DELETE FROM account; DELETE FROM testimony; DELETE FROM steward.left_behind',
  )
})

const as = <Result>(procedure: string, act: () => Result): Result =>
  withOperation({ actor: { type: 'user', id: 'kim' }, procedure }, act)

async function seen(): Promise<Record<string, string>> {
  const testimonies = await database.testimonies()
  return Object.fromEntries(testimonies.map(({ name, procedures }) => [name, procedures.join(' < ')]))
}

describe('outside a transaction', () => {
  test('a statement with values takes the context along', async () => {
    const result = await as('a.b', () => pool.query('INSERT INTO account (name) VALUES ($1) RETURNING name', ['one']))
    expect(result.command).toBe('INSERT')
    expect(result.rowCount).toBe(1)
    expect(result.rows).toEqual([{ name: 'one' }])
    expect(result.fields.map(({ name }) => name)).toEqual(['name'])
    const [testimony] = await database.testimonies()
    expect(testimony).toMatchObject({ procedures: ['a.b'], actor: 'kim' })
  })

  test('so does one without', async () => {
    const result = await as('a.b', () => pool.query("INSERT INTO account (name) VALUES ('one') RETURNING name"))
    expect(result).toMatchObject({ command: 'INSERT', rowCount: 1, rows: [{ name: 'one' }] })
    expect(await seen()).toEqual({ one: 'a.b' })
  })

  test('without an operation nothing is sent', async () => {
    await pool.query("INSERT INTO account (name) VALUES ('one')")
    await pool.query('INSERT INTO account (name) VALUES ($1)', ['two'])
    expect(await seen()).toEqual({ one: '', two: '' })
  })

  test('the next user of the connection has nothing of it', async () => {
    const client = await pool.connect()
    await as('a.b', () => client.query("INSERT INTO account (name) VALUES ('one')"))
    await as('a.b', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two']))
    await client.query("INSERT INTO account (name) VALUES ('three')")
    await client.query('INSERT INTO account (name) VALUES ($1)', ['four'])
    client.release()
    expect(await seen()).toEqual({ one: 'a.b', two: 'a.b', three: '', four: '' })
  })

  test('errors are those of the statement, and the connection goes on', async () => {
    const client = await pool.connect()
    for (const act of [
      () => client.query('INSERT INTO account (id, name) VALUES (1, $1)', [null]),
      () => client.query('INSERT INTO account (id, name) VALUES (1, NULL)'),
    ]) {
      await expect(as('a.b', act)).rejects.toMatchObject({ code: '23502', column: 'name' })
    }
    await expect(as('a.b', () => client.query('INSERT INTO nowhere VALUES ($1)', [1]))).rejects.toMatchObject({
      code: '42P01',
      position: '13',
    })
    await expect(as('a.b', () => client.query('INSERT INTO nowhere VALUES (1)'))).rejects.toMatchObject({
      code: '42P01',
      position: '13',
    })
    await as('a.c', () => client.query('INSERT INTO account (name) VALUES ($1)', ['one']))
    client.release()
    expect(await seen()).toEqual({ one: 'a.c' })
  })

  test('an error that comes only with the commit reaches the caller', async () => {
    for (const act of [
      () => pool.query('INSERT INTO child VALUES ($1, 4711)', [1]),
      () => pool.query('INSERT INTO child VALUES (1, 4711)'),
    ]) {
      await expect(as('a.b', act)).rejects.toMatchObject({ code: '23503' })
    }
    expect((await database.pool.query('SELECT FROM child')).rowCount).toBe(0)
  })

  test('SELECT is left alone unless asked for, or marked', async () => {
    await as('a.b', () => pool.query("SELECT grow('one')"))
    await as('a.b', () => pool.query("/* steward: writes */ SELECT grow('two')"))
    const selecting = instrument(new pg.Pool({ connectionString: database.url }), { select: true })
    await as('a.b', () => selecting.query('SELECT grow($1)', ['three']))
    await selecting.end()
    expect(await seen()).toEqual({ one: '', two: 'a.b', three: 'a.b' })
  })

  test('what refuses a transaction still runs', async () => {
    await as('a.b', async () => {
      await pool.query('VACUUM account')
      await pool.query('CREATE INDEX CONCURRENTLY by_name ON account (name)')
      await pool.query('REINDEX INDEX CONCURRENTLY by_name')
      await pool.query('DROP INDEX CONCURRENTLY by_name')
    })
    expect(await seen()).toEqual({})
  })

  test('several statements in one text are not wrapped, and give their results', async () => {
    const results = (await as('a.b', () =>
      pool.query("INSERT INTO account (name) VALUES ('one'); INSERT INTO account (name) VALUES ('two') RETURNING name"),
    )) as unknown as pg.QueryResult[]
    expect(results.map(({ rowCount }) => rowCount)).toEqual([1, 1])
    expect(results[1]?.rows).toEqual([{ name: 'two' }])
    expect(await seen()).toEqual({ one: '', two: '' })
  })

  test('a procedure takes the context along; one that commits by itself goes alone', async () => {
    await as('a.b', () => pool.query("CALL add_two('one', 'two')"))
    await as('a.b', () => pool.query("CALL add_two_and_commit('three', 'four')"))
    await as('a.b', () => pool.query("CALL add_two_and_commit('three', 'four')"))
    await as('a.b', () => pool.query("DO $$ BEGIN INSERT INTO account (name) VALUES ('five'); END $$"))
    await as('a.b', () =>
      pool.query(
        "DO $$ BEGIN INSERT INTO account (name) VALUES ('six'); COMMIT; INSERT INTO account (name) VALUES ('seven'); END $$",
      ),
    )
    await as('a.b', () => pool.query("/* steward: alone */ CALL add_two('eight', 'nine')"))
    expect(await seen()).toEqual({
      one: 'a.b',
      two: 'a.b',
      three: '',
      four: '',
      five: 'a.b',
      six: '',
      seven: '',
      eight: '',
      nine: '',
    })
  })

  test('prepared statements, row modes and type parsers keep working', async () => {
    const client = await pool.connect()
    const insert = (name: string) =>
      client.query({
        name: 'add',
        text: 'INSERT INTO account (name) VALUES ($1) RETURNING name',
        values: [name],
        rowMode: 'array',
      })
    expect((await as('a.b', () => insert('one'))).rows).toEqual([['one']])
    expect((await insert('two')).rows).toEqual([['two']])
    expect((await as('a.c', () => insert('three'))).rows).toEqual([['three']])
    await expect(
      as('a.b', () => client.query({ name: 'bad', text: 'INSERT INTO nowhere VALUES ($1)', values: [1] })),
    ).rejects.toMatchObject({ code: '42P01' })
    await expect(
      as('a.b', () => client.query({ name: 'bad', text: 'INSERT INTO nowhere VALUES ($1)', values: [1] })),
    ).rejects.toMatchObject({ code: '42P01' })
    const typed = await as('a.b', () =>
      client.query({
        text: 'INSERT INTO account (name, amount) VALUES ($1, 1.50) RETURNING amount',
        values: ['four'],
        types: { getTypeParser: () => (value: string) => `parsed ${value}` },
      }),
    )
    expect(typed.rows).toEqual([{ amount: 'parsed 1.50' }])
    client.release()
    expect(await seen()).toEqual({ one: 'a.b', two: '', three: 'a.c', four: 'a.b' })
  })

  test('a query that takes too long ends as it would alone', async () => {
    const client = new pg.Client({ connectionString: database.url })
    instrument(client)
    await client.connect()
    await expect(
      as('a.b', () =>
        client.query({
          text: 'WITH slow AS (SELECT pg_sleep($1)) SELECT FROM slow',
          values: [0.3],
          query_timeout: 50,
        } as pg.QueryConfig),
      ),
    ).rejects.toThrow('Query read timeout')
    await as('a.b', () => client.query("INSERT INTO account (name) VALUES ('one')"))
    await client.end()
    expect(await seen()).toEqual({ one: 'a.b' })
  })

  test('callbacks are called as before, and run in the operation of who gave them', async () => {
    await new Promise<void>((resolve, reject) => {
      as('a.b', () =>
        pool.connect((error, client, release) => {
          if (error || !client) return reject(error ?? new Error('no client'))
          client.query('INSERT INTO account (name) VALUES ($1)', ['one'], (failure, result) => {
            if (failure) return reject(failure)
            expect(result.rowCount).toBe(1)
            client.query("INSERT INTO account (name) VALUES ('two')", (second) => {
              release()
              pool.query("INSERT INTO account (name) VALUES ('three')", (third) =>
                second || third ? reject(second) : resolve(),
              )
            })
          })
        }),
      )
    })
    expect(await seen()).toEqual({ one: 'a.b', two: 'a.b', three: 'a.b' })
  })

  test('query objects and their events keep working', async () => {
    const client = await pool.connect()
    const rows = await as(
      'a.b',
      () =>
        new Promise<unknown[]>((resolve, reject) => {
          const rows: unknown[] = []
          const query = client.query(new pg.Query("INSERT INTO account (name) VALUES ('one'), ('two') RETURNING name"))
          query.on('row', (row) => rows.push(row))
          query.on('end', () => {
            client.query("INSERT INTO account (name) VALUES ('three')").then(() => resolve(rows), reject)
          })
          query.on('error', reject)
        }),
    )
    expect(rows).toEqual([{ name: 'one' }, { name: 'two' }])
    await expect(
      as(
        'a.b',
        () =>
          new Promise((_, reject) => client.query(new pg.Query('INSERT INTO nowhere VALUES (1)')).on('error', reject)),
      ),
    ).rejects.toMatchObject({ code: '42P01' })
    client.release()
    expect(await seen()).toEqual({ one: 'a.b', two: 'a.b', three: 'a.b' })
  })

  test('cursors, streams and COPY are left alone', async () => {
    const client = await pool.connect()
    await as('a.b', async () => {
      const cursor = client.query(new Cursor('INSERT INTO account (name) VALUES ($1) RETURNING name', ['one']))
      expect(await cursor.read(10)).toEqual([{ name: 'one' }])
      await cursor.close()
      const rows: unknown[] = []
      for await (const row of client.query(new QueryStream('SELECT generate_series(1, 3) AS n'))) rows.push(row)
      expect(rows).toHaveLength(3)
      const copy = client.query(copyFrom('COPY account (name) FROM STDIN'))
      await new Promise((resolve, reject) => {
        copy.on('finish', resolve).on('error', reject)
        copy.end('two\nthree\n')
      })
      await client.query("INSERT INTO account (name) VALUES ('four')")
    })
    client.release()
    expect(await seen()).toMatchObject({ two: '', three: '', four: 'a.b' })
  })

  test('bad queries fail as they would alone', async () => {
    const client = await pool.connect()
    await as('a.b', async () => {
      expect(() => client.query(null as never)).toThrow('null or undefined query')
      await expect(client.query({} as never)).rejects.toThrow('either text or a name')
      await expect(client.query('INSERT INTO account (name) VALUES ($1)', 'x' as never)).rejects.toThrow(
        'must be an array',
      )
      await expect(
        client.query('INSERT INTO account (name) VALUES ($1)', [
          {
            toPostgres: () => {
              throw new Error('unmappable')
            },
          },
        ]),
      ).rejects.toThrow('unmappable')
      await client.query('INSERT INTO account (name) VALUES ($1)', ['one'])
    })
    client.release()
    expect(await seen()).toEqual({ one: 'a.b' })
  })
})

describe('in a transaction', () => {
  async function inTransaction(
    act: (client: pg.PoolClient) => Promise<void>,
    begin = 'BEGIN',
    end = 'COMMIT',
  ): Promise<void> {
    const client = await pool.connect()
    try {
      const began = await client.query(begin)
      expect(began).toMatchObject({ command: began.command, rows: [] })
      expect(Array.isArray(began)).toBe(false)
      await act(client)
      await client.query(end)
    } finally {
      client.release()
    }
  }

  test.each([
    'BEGIN',
    'begin;',
    'BEGIN -- why',
    '/* app */ BEGIN ISOLATION LEVEL SERIALIZABLE',
    'START TRANSACTION',
    'START TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  ])('the context rides on %j', async (begin) => {
    await as('a.b', () =>
      inTransaction(async (client) => {
        await client.query('INSERT INTO account (name) VALUES ($1)', ['one'])
        await client.query("SELECT grow('two')")
      }, begin),
    )
    const testimonies = await database.testimonies()
    expect(testimonies.map(({ procedures }) => procedures)).toEqual([['a.b'], ['a.b']])
    expect(new Set(testimonies.map(({ xid }) => xid)).size).toBe(1)
  })

  test('SET TRANSACTION is still the first statement', async () => {
    await as('a.b', () =>
      inTransaction(async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')
        await client.query("INSERT INTO account (name) VALUES ('one')")
        expect((await client.query('SHOW transaction_isolation')).rows).toEqual([
          { transaction_isolation: 'serializable' },
        ])
      }, 'START TRANSACTION'),
    )
    expect(await seen()).toEqual({ one: 'a.b' })
  })

  test('a change belongs to the innermost operation that made it', async () => {
    await as('outer', () =>
      inTransaction(async (client) => {
        await client.query('INSERT INTO account (name) VALUES ($1)', ['one'])
        await as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two']))
        await client.query("INSERT INTO account (name) VALUES ('three')")
        await as('other', () => client.query("INSERT INTO account (name) VALUES ('four')"))
        await as('other', () =>
          client.query("INSERT INTO account (name) VALUES ('five'); INSERT INTO account (name) VALUES ('six')"),
        )
        await client.query('INSERT INTO account (name) VALUES ($1)', ['seven'])
      }),
    )
    expect(await seen()).toEqual({
      one: 'outer',
      two: 'inner < outer',
      three: 'outer',
      four: 'other < outer',
      five: 'other < outer',
      six: 'other < outer',
      seven: 'outer',
    })
  })

  test('a transaction that goes on after its operation carries none', async () => {
    const client = await pool.connect()
    await as('a.b', () => client.query('BEGIN'))
    await client.query('INSERT INTO account (name) VALUES ($1)', ['one'])
    await as('a.c', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two']))
    await client.query("INSERT INTO account (name) VALUES ('three')")
    await client.query('COMMIT')
    client.release()
    expect(await seen()).toEqual({ one: '', two: 'a.c', three: '' })
  })

  test('what a savepoint took back is sent again', async () => {
    await as('outer', () =>
      inTransaction(async (client) => {
        await client.query('SAVEPOINT s')
        await as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['one']))
        await client.query('ROLLBACK TO SAVEPOINT s')
        await as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two']))
        await client.query('ROLLBACK TO s')
        await client.query('INSERT INTO account (name) VALUES ($1)', ['three'])
        await as('inner', () => client.query('INSERT INTO account (id, name) VALUES (1, NULL)')).catch(() => {})
        await client.query('ROLLBACK TO s')
        await as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['four']))
        await client.query('RELEASE s')
      }),
    )
    expect(await seen()).toEqual({ four: 'inner < outer' })
  })

  test('a transaction that follows another in the same breath has its own context', async () => {
    const client = await pool.connect()
    await as('first', () => client.query('BEGIN'))
    await as('first', () => client.query("INSERT INTO account (name) VALUES ('one')"))
    await as('first', () => client.query('COMMIT AND CHAIN'))
    await as('first', () => client.query("INSERT INTO account (name) VALUES ('two')"))
    await as('first', () => client.query('ROLLBACK AND CHAIN'))
    await as('second', () => client.query("INSERT INTO account (name) VALUES ('three')"))
    await as('second', () => client.query('COMMIT'))
    await client.query('BEGIN')
    await client.query("INSERT INTO account (name) VALUES ('four')")
    await client.query('COMMIT')
    client.release()
    expect(await seen()).toEqual({ one: 'first', three: 'second', four: '' })
  })

  test('queries sent together keep their order and their operations', async () => {
    const client = await pool.connect()
    await as('outer', () =>
      Promise.all([
        client.query('BEGIN'),
        client.query('INSERT INTO account (name) VALUES ($1)', ['one']),
        as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two'])),
        client.query("INSERT INTO account (name) VALUES ('three')"),
        client.query('COMMIT'),
        as('after', () => client.query('INSERT INTO account (name) VALUES ($1)', ['four'])),
      ]),
    )
    client.release()
    expect(await seen()).toEqual({ one: 'outer', two: 'inner < outer', three: 'outer', four: 'after < outer' })
  })

  test('COPY of an inner operation belongs to it', async () => {
    await as('outer', () =>
      inTransaction(async (client) => {
        await client.query("INSERT INTO account (name) VALUES ('one')")
        await as('inner', async () => {
          const copy = client.query(copyFrom('COPY account (name) FROM STDIN'))
          await new Promise((resolve, reject) => {
            copy.on('finish', resolve).on('error', reject)
            copy.end('two\n')
          })
        })
        await client.query("INSERT INTO account (name) VALUES ('three')")
      }),
    )
    expect(await seen()).toEqual({ one: 'outer', two: 'inner < outer', three: 'outer' })
  })

  test('RESET ALL takes nothing away for long', async () => {
    await as('a.b', () =>
      inTransaction(async (client) => {
        await client.query('RESET ALL')
        await client.query("INSERT INTO account (name) VALUES ('one')")
      }),
    )
    expect(await seen()).toEqual({ one: 'a.b' })
  })

  test('a transaction that somebody leaves open does not lend its context', async () => {
    const single = instrument(new pg.Pool({ connectionString: database.url, max: 1 }))
    const client = await single.connect()
    await as('a.b', () => client.query('BEGIN'))
    client.release()
    await single.query("INSERT INTO account (name) VALUES ('one')")
    await as('a.c', () => single.query('INSERT INTO account (name) VALUES ($1)', ['two']))
    await single.query('COMMIT')
    await single.end()
    expect(await seen()).toEqual({ one: '', two: 'a.c' })
  })
})

describe('targets', () => {
  test('a pool is instrumented once, with the clients that it has', async () => {
    const used = new pg.Pool({ connectionString: database.url, max: 1 })
    await used.query('SELECT 1')
    expect(instrument(used)).toBe(used)
    expect(instrument(used)).toBe(used)
    await as('a.b', () => used.query('INSERT INTO account (name) VALUES ($1)', ['one']))
    await used.end()
    expect(await seen()).toEqual({ one: 'a.b' })
  })

  test('clients, before and after they are connected', async () => {
    const before = instrument(new pg.Client(database.url))
    await before.connect()
    const after = new pg.Client(database.url)
    await after.connect()
    instrument(instrument(after))
    await as('a.b', () => before.query('INSERT INTO account (name) VALUES ($1)', ['one']))
    await as('a.c', () => after.query('INSERT INTO account (name) VALUES ($1)', ['two']))
    await before.end()
    await after.end()
    expect(await seen()).toEqual({ one: 'a.b', two: 'a.c' })
  })

  test('the module gives a driver without pg-native', async () => {
    const driver = instrument(pg)
    expect(instrument(pg)).toBe(driver)
    expect(driver).not.toBe(pg)
    expect(driver.native).toBeUndefined()
    expect(driver.types).toBe(pg.types)
    const made = new driver.Pool({ connectionString: database.url })
    expect(made).toBeInstanceOf(pg.Pool)
    await as('a.b', () => made.query('INSERT INTO account (name) VALUES ($1)', ['one']))
    await made.end()
    const client = new driver.Client(database.url)
    await client.connect()
    await as('a.c', () => client.query("INSERT INTO account (name) VALUES ('two')"))
    await client.end()
    const bare = new pg.Pool({ connectionString: database.url })
    await as('a.c', () => bare.query("INSERT INTO account (name) VALUES ('three')"))
    await bare.end()
    expect(await seen()).toEqual({ one: 'a.b', two: 'a.c', three: '' })
  })

  test('anything else is refused with a hint', () => {
    expect(() => instrument({})).toThrow(expect.objectContaining({ code: 'TRAIL_CANNOT_INSTRUMENT' }))
    expect(() => instrument(null as never)).toThrow(expect.objectContaining({ code: 'TRAIL_CANNOT_INSTRUMENT' }))
  })

  test('a database that cannot hold every character loses a name, and never a statement', async () => {
    const url = new URL(database.url)
    url.pathname += '_latin'
    const name = pg.escapeIdentifier(url.pathname.slice(1))
    await database.pool.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`)
    const latin = instrument(new pg.Pool({ connectionString: url.href, max: 1 }))
    try {
      await latin.query("CREATE TABLE seen AS SELECT ''::text AS context")
      const write = "INSERT INTO seen SELECT current_setting('steward.context', true) WHERE $1 = 1"
      await withOperation(
        { actor: { type: 'user', id: '김' }, procedure: '환불', params: { name: '하늘' } },
        async () => {
          await latin.query(write, [1])
          await latin.query(write.replace('$1', '1'))
          await latin.query('BEGIN')
          await withOperation({ procedure: '취소' }, () => latin.query(write, [1]))
          await latin.query('COMMIT')
        },
      )
      const { rows } = await latin.query("SELECT context FROM seen WHERE context <> ''")
      expect(rows.map(({ context }) => context.split('\u001f').slice(3, 7))).toEqual([
        ['?', '', '??', '{"name":"\\ud558\\ub298"}'],
        ['?', '', '??', '{"name":"\\ud558\\ub298"}'],
        ['?', '', '??', ''],
      ])
    } finally {
      await latin.end()
      await database.pool.query(`DROP DATABASE ${name}`)
    }
  })

  test('a client that pipelines', async () => {
    const client = instrument(new pg.Client({ connectionString: database.url, pipeline: true }))
    await client.connect()
    await as('outer', () =>
      Promise.all([
        client.query('INSERT INTO account (name) VALUES ($1)', ['zero']),
        client.query('BEGIN'),
        client.query('INSERT INTO account (name) VALUES ($1)', ['one']),
        as('inner', () => client.query('INSERT INTO account (name) VALUES ($1)', ['two'])),
        client.query("INSERT INTO account (name) VALUES ('three')"),
        client.query('COMMIT'),
        client.query("INSERT INTO account (name) VALUES ('four')"),
      ]),
    )
    await Promise.allSettled([
      as('bad', () => client.query('BEGIN')),
      as('bad', () => client.query('INSERT INTO nowhere VALUES ($1)', [1])),
      as('bad', () => client.query('INSERT INTO account (name) VALUES ($1)', ['never'])),
      as('bad', () => client.query('COMMIT')),
      as('good', () => client.query('INSERT INTO account (name) VALUES ($1)', ['five'])),
    ])
    await client.query('INSERT INTO account (name) VALUES ($1)', ['six'])
    await client.end()
    expect(await seen()).toEqual({
      zero: 'outer',
      one: 'outer',
      two: 'inner < outer',
      three: 'outer',
      four: 'outer',
      five: 'good',
      six: '',
    })
  })
})
