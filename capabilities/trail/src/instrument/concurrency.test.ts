// Proof under load: a thousand operations at once over ten connections, and every change has its own operation and nobody else's.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audited } from '../context/audited.ts'
import { currentOperation, withOperation } from '../context/current-operation.ts'
import { settled } from '../context/recording.ts'
import { type WitnessDatabase, witnessDatabase } from '../testing/witness.ts'
import { instrument } from './instrument.ts'

const count = process.env.STEWARD_SCALE === 'full' ? 1000 : 300

let database: WitnessDatabase

beforeAll(async () => {
  database = await witnessDatabase('concurrency')
})
afterAll(() => database.drop())

// Numbers that look random and are the same in each run.
function randomly(seed: number): () => number {
  let state = seed + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

test(`${count} operations at once over a pool of 10, with errors, time-outs, savepoints and parallel queries`, async () => {
  const pool = instrument(new pg.Pool({ connectionString: database.url, max: 10 }))
  // What each change is called says which operation made it: the name holds the operation's id.
  const write = (to: pg.Pool | pg.PoolClient, random: () => number): Promise<unknown> => {
    const name = currentOperation()?.id as string
    const dice = random()
    if (dice < 0.3) return to.query(`INSERT INTO account (name) VALUES ('${name}')`)
    if (dice < 0.6) return to.query('INSERT INTO account (name) VALUES ($1)', [name])
    if (dice < 0.7) return to.query({ name: 'add', text: 'INSERT INTO account (name) VALUES ($1)', values: [name] })
    if (dice < 0.8)
      return new Promise((resolve, reject) => {
        const text = 'INSERT INTO account (name) VALUES ($1)'
        const done = (error: Error | undefined) => {
          if (error) return reject(error)
          if (currentOperation()?.id !== name) return reject(new Error('called back as somebody else'))
          resolve(write(to, () => 0.5))
        }
        if ('release' in to) to.query(text, [name], done)
        else to.query(text, [name], done)
      })
    if (dice < 0.9) return to.query(`CALL add_two('${name}', '${name}')`)
    return to.query('WITH added AS (INSERT INTO account (name) VALUES ($1) RETURNING id) SELECT id FROM added', [name])
  }
  const fail = (to: pg.Pool | pg.PoolClient, random: () => number): Promise<unknown> =>
    random() < 0.5
      ? to.query('INSERT INTO account (name) VALUES ($1)', [null])
      : to.query("INSERT INTO account (name) SELECT 'never' FROM nowhere")
  const inside = (random: () => number, act: () => Promise<unknown>): Promise<unknown> =>
    random() < 0.5 ? withOperation({ procedure: 'inner' }, act) : audited(act, { procedure: 'audited' })()

  const inTransaction = async (random: () => number): Promise<void> => {
    const client = await pool.connect()
    try {
      await client.query(random() < 0.5 ? 'BEGIN' : 'START TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      for (let step = 0; step < 4; step++) {
        const dice = random()
        if (dice < 0.3) await write(client, random)
        else if (dice < 0.5) await inside(random, () => write(client, random))
        else if (dice < 0.6) await Promise.all([write(client, random), inside(random, () => write(client, random))])
        else if (dice < 0.8) {
          await client.query('SAVEPOINT s')
          await inside(random, () => write(client, random))
          if (random() < 0.5) await fail(client, random).catch(() => {})
          await client.query('ROLLBACK TO SAVEPOINT s')
          await write(client, random)
        } else if (dice < 0.9) await sleep(random() * 5)
        else await client.query('SELECT 1')
      }
      if (random() < 0.2) await fail(client, random)
      if (random() < 0.1) throw new Error('changed my mind')
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => {
      const random = randomly(index * 7919)
      return withOperation(
        { actor: { type: 'user', id: `user-${index}` }, procedure: `operation-${index}` },
        async () => {
          for (let step = 0; step < 3; step++) {
            const dice = random()
            if (dice < 0.2) await write(pool, random)
            else if (dice < 0.4)
              await Promise.all([write(pool, random), write(pool, random), inside(random, () => write(pool, random))])
            else if (dice < 0.8) await inTransaction(random)
            else if (dice < 0.9) await fail(pool, random)
            else await pool.query({ text: 'SELECT pg_sleep(0.05)', query_timeout: 10 } as pg.QueryConfig)
          }
          return index
        },
      )
    }),
  )
  await pool.end()
  const testimonies = await database.testimonies()
  const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : ''))
  expect(reasons.filter((reason) => reason.includes('somebody else'))).toEqual([])
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(count / 20)
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(count / 20)
  expect(testimonies.length).toBeGreaterThan(count)
  const foreign = testimonies.filter(({ name, operations }) => operations[0] !== name)
  expect(foreign).toEqual([])
  const strangers = testimonies.filter(
    ({ actor, procedures }) => actor.replace('user', 'operation') !== procedures.at(-1),
  )
  expect(strangers).toEqual([])
  const rows = await database.pool.query('SELECT count(*)::int AS count FROM account')
  expect(rows.rows[0].count).toBe(testimonies.length)
}, 300_000)

test('two open transactions of one operation never wait for each other', async () => {
  const pool = instrument(new pg.Pool({ connectionString: database.url, max: 2 }))
  await withOperation({ procedure: 'a.b', record: 'always' }, async () => {
    const first = await pool.connect()
    const second = await pool.connect()
    await first.query('BEGIN')
    await second.query('BEGIN')
    await first.query("INSERT INTO account (name) VALUES ('one')")
    await second.query("INSERT INTO account (name) VALUES ('two')")
    await second.query('COMMIT')
    await first.query('COMMIT')
    first.release()
    second.release()
  })
  await pool.end()
  const testimonies = await database.testimonies()
  expect(new Set(testimonies.map(({ operations }) => operations[0])).size).toBe(1)
  expect(new Set(testimonies.map(({ xid }) => xid)).size).toBe(2)
})

test('a pool of one connection serves operations, nested and failing, without standing still', async () => {
  const pool = instrument(new pg.Pool({ connectionString: database.url, max: 1 }))
  await database.left()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      audited(
        async () => {
          const client = await pool.connect()
          try {
            await client.query('BEGIN')
            await client.query('INSERT INTO account (name) VALUES ($1)', [String(index)])
            await audited(async () => {}, { procedure: `inner-${index}` })()
            if (index % 5 === 0) throw new Error('no')
            await client.query('COMMIT')
          } catch (error) {
            await client.query('ROLLBACK')
            throw error
          } finally {
            client.release()
          }
        },
        { procedure: `outer-${index}` },
      )(),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  await settled()
  await pool.end()
  const left = await database.left()
  expect(left.filter(({ outcome }) => outcome === 'failed')).toHaveLength(10)
  expect(new Set(left.map(({ procedure }) => procedure)).size).toBe(100)
  const testimonies = await database.testimonies()
  expect(testimonies).toHaveLength(40)
  for (const { name, procedures } of testimonies) expect(procedures[0]).toBe(`outer-${name}`)
})
