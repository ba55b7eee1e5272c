// A service or a server that dies in the middle of its work: what was committed has its trail, and nothing else has.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startCluster, type TestDatabase } from '@steward/cluster'
import { migrate, openPool, type Pool } from '@steward/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retrace, storyOf } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { trailLedger } from '../install/install.ts'
import { trailMigrations } from '../install/newest-migration.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
const transactions = isFull ? 1000 : 120
const tables = `
  CREATE TABLE work (id int PRIMARY KEY, n int, note text);
  CREATE TABLE ledger (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, changes int NOT NULL);
  SELECT steward.track('work')`

/** Starts the service and waits until it has confirmed so many transactions; it goes on. */
async function busyUntil(url: string, seed: number, count: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../fixtures/busy-service.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=source', script, url, String(seed), '100000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let confirmed = 0
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (line.startsWith('done') && ++confirmed >= count) break
  }
  child.stdout?.resume()
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Nobody else is at work in this database any more: the server has noticed that its clients are gone. */
async function untilQuiet(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name <> 'proof'`,
    )
    if (rowCount === 0) return
    await wait(20)
  }
}

/** Everything in which the work that was committed and its trail differ, by number and content. */
async function differences(pool: Pool): Promise<unknown[]> {
  const problems: unknown[] = await retrace(pool, 'work')
  const { rows } = await pool.query(`
    SELECT (SELECT coalesce(sum(changes), 0)::int FROM ledger) AS made,
           (SELECT count(*)::int FROM steward.change JOIN steward.relation ON relation.id = relation_id WHERE table_name = 'work') AS recorded,
           (SELECT count(*)::int FROM ledger WHERE changes > 0) AS transactions,
           (SELECT count(DISTINCT (id, xid))::int FROM steward.operation WHERE source = 'test') AS parts`)
  if (rows[0].recorded !== rows[0].made || rows[0].parts !== rows[0].transactions) problems.push(rows[0])
  return [...problems, ...(await examine(pool)).findings.filter(({ kind }) => kind === 'no-operation')]
}

describe('a service that is killed', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await trailDatabase({ setup: tables })
  })
  afterAll(() => database?.drop())

  it('leaves a trail that equals its committed changes in number and content, however often it is killed', async () => {
    const rounds = isFull ? 10 : 3
    for (let round = 1; round <= rounds; round++) {
      const child = await busyUntil(database.url, round, transactions / rounds)
      await wait(round * 3)
      await kill(child)
      await untilQuiet(database.pool)
      expect(await differences(database.pool)).toEqual([])
    }
    expect((await storyOf(database.pool, 'work')).length).toBeGreaterThan(transactions / 2)
  }, 600_000)

  it('loses nothing when the server ends its connections', async () => {
    const child = await busyUntil(database.url, 77, 20)
    for (let round = 0; round < 5; round++) {
      await database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      await wait(50)
    }
    await kill(child)
    await untilQuiet(database.pool)
    expect(await differences(database.pool)).toEqual([])
  }, 120_000)
})

describe('a server that crashes', () => {
  const choice = process.env.STEWARD_TEST_PG || '18'
  let parent: string
  beforeAll(async () => {
    parent = await realpath(await mkdtemp(join(tmpdir(), 'steward-crash-')))
    await chmod(parent, 0o755)
  })
  afterAll(() => rm(parent, { recursive: true, force: true }))

  it('comes back with every confirmed change and its trail, and with what was prepared', async ({ skip }) => {
    if (choice.startsWith('postgres')) skip('this server is not ours to crash')
    const options = {
      folder: join(parent, 'data'),
      version: choice === 'system' ? ('system' as const) : (Number(choice) as 14 | 16 | 18),
      settings: { max_prepared_transactions: '5' },
    }
    let cluster = await startCluster(options)
    let pool = openPool(cluster.url)
    try {
      await migrate(pool, { folder: trailMigrations, ledger: trailLedger })
      await pool.query(
        `${tables}; CREATE TABLE vote (id int PRIMARY KEY, n int); SELECT steward.track('vote'); INSERT INTO vote VALUES (1, 0), (2, 0)`,
      )
      await pool.query(`BEGIN; UPDATE vote SET n = 1 WHERE id = 1; PREPARE TRANSACTION 'yes'`)
      await pool.query(`BEGIN; UPDATE vote SET n = 1 WHERE id = 2; PREPARE TRANSACTION 'no'`)
      for (let round = 0; round < (isFull ? 5 : 1); round++) {
        const child = await busyUntil(cluster.url, 100 + round, transactions / 4)
        await pool.end()
        await cluster.stop({ mode: 'immediate' })
        await kill(child)
        cluster = await startCluster(options)
        pool = openPool(cluster.url)
        expect(await differences(pool)).toEqual([])
      }
      await pool.query(`COMMIT PREPARED 'yes'`)
      await pool.query(`ROLLBACK PREPARED 'no'`)
      expect((await storyOf(pool, 'vote')).slice(2)).toEqual(['u 1 {"n":0} {"n":1}'])
      expect(await retrace(pool, 'vote')).toEqual([])
    } finally {
      await pool.end()
      await cluster.stop()
    }
  }, 300_000)
})
