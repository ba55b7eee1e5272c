// What `steward serve` survives under load: being killed in the middle of writes, and a database that restarts.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startCluster, type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool, type Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { expect, test } from 'vitest'
import { type ServingChild, serveChild } from '../testing/serve-child.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
const writers = 8
const rowsPerWrite = 5

async function prepare(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch text, state text)')
  const trail = openTrail({ pool })
  await trail.install()
  await trail.track(['orders'])
}

/** Writes until it is told to stop or nobody answers any more; gives the status of each answer. */
async function write(url: string, name: string, stop: AbortSignal): Promise<number[]> {
  const statuses: number[] = []
  for (let number = 0; !stop.aborted; number++) {
    const batch = `${name}-${number}`
    const body = JSON.stringify(Array.from({ length: rowsPerWrite }, () => ({ batch, state: 'new' })))
    const headers = { 'content-type': 'application/json', 'steward-reason': batch }
    const sent = await fetch(`${url}/orders`, { method: 'POST', body, headers }).catch(() => null)
    if (sent === null) break
    statuses.push(sent.status)
    if (sent.status >= 500) await wait(20)
  }
  return statuses
}

function load(url: string, round: string) {
  const stop = new AbortController()
  const running = Array.from({ length: writers }, (_, index) => write(url, `${round}-${index}`, stop.signal))
  return {
    stop: () => stop.abort(),
    statuses: async () => (await Promise.all(running)).flat(),
  }
}

/** Operations and rows, side by side: how many rows each batch has, and how many changes its operation has. */
async function unlike(pool: Pool): Promise<unknown[]> {
  const { rows } = await pool.query(
    `
    SELECT coalesce(batch, reason) AS batch, present, recorded
      FROM (SELECT batch, count(*)::int AS present FROM orders GROUP BY batch) AS kept
      FULL JOIN (SELECT reason, count(change.id)::int AS recorded
                   FROM steward.operation LEFT JOIN steward.change ON change.operation_id = operation.id
                  WHERE source = 'admin-api' AND outcome IS DISTINCT FROM 'failed' GROUP BY reason) AS left_behind ON batch = reason
     WHERE present IS DISTINCT FROM $1 OR recorded IS DISTINCT FROM $1`,
    [rowsPerWrite],
  )
  return rows
}

async function untilAlone(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    )
    if (rowCount === 0) return
    await wait(20)
  }
}

test('killed in the middle of writes, operation and changes are there together or not at all', async () => {
  const database: TestDatabase = await testDatabase({ name: 'killed' })
  const own = openPool({ connectionString: database.url, max: 1 })
  try {
    await prepare(own)
    for (let round = 0; round < (isFull ? 20 : 3); round++) {
      const serving = await serveChild(database.url)
      const { statuses } = load(serving.url, `round-${round}`)
      await wait(200 + round * 37)
      await serving.end('SIGKILL')
      const answered = await statuses()
      expect(answered.length).toBeGreaterThan(0)
      expect(new Set(answered)).toEqual(new Set([201]))
      await untilAlone(own)
      expect(await unlike(own)).toEqual([])
    }
    const { rows } = await own.query('SELECT count(*)::int AS rows FROM orders')
    expect(rows[0].rows).toBeGreaterThan(0)
  } finally {
    await own.end()
    await database.drop()
  }
})

test('a database that restarts under load is 503 for seconds, and then served again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steward-survival-'))
  const first = await startCluster({ folder: join(folder, 'data') })
  let running: Pick<typeof first, 'stop'> = first
  let serving: ServingChild | undefined
  try {
    const before = openPool(first.urlOf('postgres'))
    await prepare(before)
    await before.end()
    serving = await serveChild(first.urlOf('postgres'))
    const { url } = serving
    const { statuses, stop } = load(url, 'restart')
    await wait(300)
    await first.stop({ mode: 'immediate' })
    await wait(300)
    running = await startCluster({ folder: join(folder, 'data'), port: first.port })
    await expect.poll(async () => (await fetch(`${url}/orders?limit=1`)).status, { timeout: 20_000 }).toBe(200)
    await wait(300)
    stop()
    const answered = await statuses()
    expect(new Set(answered)).toEqual(new Set([201, 503]))
    expect(answered.at(-1)).toBe(201)
    const after = openPool(first.urlOf('postgres'))
    expect(await unlike(after)).toEqual([])
    await after.end()
    expect(await serving.end('SIGTERM')).toBe(0)
  } finally {
    await serving?.end('SIGKILL')
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
