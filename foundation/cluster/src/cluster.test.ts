// Clusters: started, stopped, crashed, orphaned and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPool } from '@steward/postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findBinaries, hasSystemServer, type ServerChoice } from './binaries.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { spawnOn } from './program.ts'
import { unprivilegedUser } from './unprivileged-user.ts'

const isRoot = process.getuid?.() === 0
let parent: string
let folder: string
const started: Cluster[] = []

// Preparing a folder is the dear part: tests share one where they can, each leaves it stopped.
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'steward-test-'))
  folder = join(parent, 'data')
})
afterEach(async () => {
  for (const cluster of started.splice(0)) await cluster.stop({ mode: 'immediate' })
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const start = async (options: Parameters<typeof startCluster>[0] = {}) => {
  // Without fsync the tests take half the time; the one about defaults leaves it alone.
  const cluster = await startCluster({ folder, ...options, settings: { fsync: 'off', ...options.settings } })
  started.push(cluster)
  return cluster
}

const ask = async (cluster: { url: string }, sql: string) => {
  const pool = openPool({ connectionString: cluster.url, max: 1 })
  try {
    return (await pool.query({ text: sql, rowMode: 'array' })).rows as unknown as unknown[][]
  } finally {
    await pool.end()
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const serverPid = async (at: string) => Number((await readFile(join(at, 'postmaster.pid'), 'utf8')).split('\n')[0])

const choices: Extract<ServerChoice, number | string>[] = [
  14,
  16,
  18,
  ...((await hasSystemServer()) ? (['system'] as const) : []),
]

describe.each(choices)('PostgreSQL %s', (version) => {
  test('starts on a new folder, keeps its data over a stop and a crash, and sorts as people do', async () => {
    const options = { version, folder: join(parent, `data-${version}`) }
    const first = await start(options)
    await ask(first, 'CREATE TABLE note (text text)')
    await ask(first, `INSERT INTO note SELECT unnest('{b,가,A,a,나,B,1}'::text[])`)
    await first.stop()
    const second = await start(options)
    await ask(second, `INSERT INTO note VALUES ('다')`)
    await second.stop({ mode: 'immediate' })

    const third = await start(options)
    const order = third.version < 15 ? 'COLLATE "und-x-icu"' : ''
    expect(await ask(third, `SELECT string_agg(text, ' ' ORDER BY text ${order}) FROM note`)).toEqual([
      ['1 a A b B 가 나 다'],
    ])
    expect(await ask(third, 'SHOW server_encoding')).toEqual([['UTF8']])
    expect(await ask(third, 'SHOW server_version_num')).toEqual([
      [expect.stringMatching(new RegExp(`^${third.version}`))],
    ])
    expect(third.serverVersion).toMatch(new RegExp(`^${third.version}\\.`))
  })
})

test('a folder keeps its data safe unless settings say otherwise, and listens to this machine only', async () => {
  const cluster = await startCluster({ folder, settings: { max_connections: '33' } })
  started.push(cluster)
  expect(
    await ask(
      cluster,
      `SELECT current_setting('fsync'), current_setting('max_connections'), current_setting('listen_addresses')`,
    ),
  ).toEqual([['on', '33', '127.0.0.1']])
  expect(new URL(cluster.url).password).toHaveLength(24)
  await expect(ask({ url: cluster.url.replace(/:[^:@/]+@/, ':wrong@') }, 'SELECT 1')).rejects.toMatchObject({
    code: '28P01',
  })
})

test('a temporary cluster is gone after stop, and a second stop does nothing', async () => {
  const cluster = await startCluster()
  expect(await ask(cluster, 'SHOW fsync')).toEqual([['off']])
  const pid = await serverPid(cluster.folder)
  await cluster.stop()
  expect(isAlive(pid)).toBe(false)
  await expect(stat(dirname(cluster.folder))).rejects.toMatchObject({ code: 'ENOENT' })
  await cluster.stop()
})

test('a folder in use is refused, also to the process that uses it', async () => {
  await start()
  await expect(start()).rejects.toMatchObject({ code: 'CLUSTER_FOLDER_IN_USE', status: 409 })
})

test('a port in use is named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await expect(start({ port })).rejects.toMatchObject({
    code: 'CLUSTER_PORT_IN_USE',
    message: `Port ${port} is in use.`,
  })
  await new Promise((resolve) => server.close(resolve))
  expect((await start({ port })).port).toBe(port)
})

test('a folder with something else in it is left alone', async () => {
  const diary = join(parent, 'diary')
  await mkdir(diary)
  await writeFile(join(diary, 'today.txt'), 'Dear diary')
  await expect(start({ folder: diary })).rejects.toMatchObject({ code: 'CLUSTER_NOT_OURS' })
  expect(await readdir(diary)).toEqual(['today.txt'])
})

test('a folder of another version is refused, and not touched', async () => {
  await (await start()).stop()
  await expect(start({ version: 16 })).rejects.toMatchObject({
    code: 'CLUSTER_OTHER_VERSION',
    message: expect.stringContaining('belongs to PostgreSQL 18, and this is PostgreSQL 16'),
  })
  expect((await start()).version).toBe(18)
})

test('a setting that the server refuses is told with the server’s own words', async () => {
  await expect(start({ settings: { max_connections: 'many' } })).rejects.toMatchObject({
    code: 'CLUSTER_START',
    details: expect.stringContaining('max_connections'),
  })
})

test('a server that was killed is started again, even when its number now belongs to another process', async () => {
  await start()
  const lock = await readFile(join(folder, 'postmaster.pid'), 'utf8')
  process.kill(Number.parseInt(lock, 10), 'SIGKILL')
  await expect.poll(() => isAlive(Number.parseInt(lock, 10))).toBe(false)
  await writeFile(join(folder, 'postmaster.pid'), lock.replace(/^\d+/, String(process.pid)))
  await writeFile(join(folder, 'steward.owner'), JSON.stringify({ pid: process.pid, born: 'in another life' }))
  expect(await ask(await start(), 'SELECT 1')).toEqual([[1]])
})

test('a server that nobody owns any more is ended first', async () => {
  const before = await start()
  await before.stop()
  const { postgres } = await findBinaries(18)
  const flags = ['-p', String(before.port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  const asUser = await unprivilegedUser()
  const orphan = await spawnOn(folder, postgres, flags, { asUser, output: 'pipe', detached: true })
  await expect.poll(() => ask(before, 'SELECT 1').catch(() => null), { timeout: 10_000 }).toEqual([[1]])
  expect(await ask(await start(), 'SELECT 1')).toEqual([[1]])
  expect(isAlive(orphan.pid as number)).toBe(false)
})

describe('the process that started it', () => {
  const child = (options: object): ChildProcess =>
    spawn(
      process.execPath,
      [
        '--conditions=source',
        '--input-type=module',
        '--eval',
        `import { startCluster } from '@steward/cluster'
         const cluster = await startCluster(${JSON.stringify(options)})
         console.log(JSON.stringify(cluster))
         if (${JSON.stringify('wait' in options)}) setInterval(() => {}, 1000)`,
      ],
      { cwd: dirname(fileURLToPath(import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] },
    )
  const clusterOf = (process: ChildProcess) =>
    new Promise<Cluster>((resolve) => process.stdout?.once('data', (line) => resolve(JSON.parse(String(line)))))

  test.each(['SIGKILL', 'SIGINT'] as const)('takes its server with it when it ends by %s', async (signal) => {
    const process = child({ folder, wait: true })
    await clusterOf(process)
    const pid = await serverPid(folder)
    process.kill(signal)
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
    expect(await ask(await start(), 'SELECT 1')).toEqual([[1]])
  })

  test('is not kept alive by it, and leaves no temporary folder', async () => {
    const process = child({})
    const ended = new Promise((resolve) => process.once('exit', resolve))
    const cluster = await clusterOf(process)
    expect(await ended).toBe(0)
    await expect.poll(() => stat(cluster.folder).catch(({ code }) => code), { timeout: 10_000 }).toBe('ENOENT')
  })

  test('keeps others off its folder while it lives', async () => {
    const process = child({ folder, wait: true })
    await clusterOf(process)
    await expect(start()).rejects.toMatchObject({
      message: expect.stringContaining(`in use by process ${process.pid}`),
    })
    process.kill('SIGKILL')
    await new Promise((resolve) => process.once('exit', resolve))
    // Its server may still be ending: that is waited for.
    expect(await ask(await start(), 'SELECT 1')).toEqual([[1]])
  })
})

test.runIf(isRoot && process.platform === 'linux')('root may keep the folder where nobody else can go', async () => {
  await mkdir(join(parent, 'private'), { mode: 0o700 })
  for (const version of [14, 18] as const) {
    const at = join(parent, 'private', 'deep', `data-${version}`)
    await (await start({ version, folder: at })).stop({ mode: 'immediate' })
    expect(await ask(await start({ version, folder: at }), 'SELECT 1')).toEqual([[1]])
  }
  expect((await stat(join(parent, 'private'))).mode & 0o777).toBe(0o700)
})
