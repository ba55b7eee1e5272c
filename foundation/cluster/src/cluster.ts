// A PostgreSQL of our own: started on a folder, ended with the process that started it, whatever ends that.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readFile, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findBinaries, type ServerChoice, versionOf } from './binaries.ts'
import { ownerOf, prepareFolder } from './data-folder.ts'
import { clusterErrors } from './errors.ts'
import { freeFolder } from './free-folder.ts'
import { claimFolder } from './owner.ts'
import { spawnOn } from './program.ts'
import { reachableBinaries, type ServerUser, unprivilegedUser } from './unprivileged-user.ts'

/** How a cluster is started; without a folder it is a temporary one that is gone after `stop`. */
export type ClusterOptions = {
  /** The data folder: made when missing or empty, started again when it holds a cluster, also a crashed one. */
  folder?: string
  /** The embedded PostgreSQL of this version (18 unless given), the system's, or the one in a folder of programs. */
  version?: ServerChoice
  /** A free one unless given. */
  port?: number
  /** Server settings, as `{ max_connections: '50' }`; they win over the defaults. */
  settings?: Record<string, string>
  /** The superuser's name in a new cluster; `postgres` unless given. */
  user?: string
}

/** How a server is ended. */
export type StopMode = 'smart' | 'fast' | 'immediate'

/** A running server that listens on the loopback address only. */
export type Cluster = {
  /** Connects the superuser to the database `postgres`; the password is random and inside. */
  url: string
  port: number
  /** The major version, as 18. */
  version: number
  /** The full version, as '18.4'. */
  serverVersion: string
  folder: string
  /** The url of another database of this cluster. */
  urlOf(database: string): string
  /**
   * Ends the server. `fast` (the default) rolls open transactions back and leaves a clean folder; `immediate` leaves it
   * as a crash would: the next start recovers; `smart` lets those who are connected finish first, for half a minute. A
   * temporary folder is removed.
   */
  stop(options?: { mode?: StopMode }): Promise<void>
}

/** Settings for clusters that nobody will miss: nothing waits for the disk. Never for data that is to be kept. */
export const throwawaySettings: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
}

const startPatienceMs = 60_000

/**
 * Starts a PostgreSQL server and waits until it accepts connections. It ends when `stop` is called or when this
 * process ends, even by SIGKILL; it does not keep the process alive. As root it runs as an unprivileged user.
 *
 * @throws StewardError CLUSTER_NO_BINARIES, CLUSTER_FOLDER_IN_USE, CLUSTER_NOT_OURS, CLUSTER_OTHER_VERSION,
 * CLUSTER_PORT_IN_USE, CLUSTER_INITIALISE, CLUSTER_START …
 * @example
 * const cluster = await startCluster({ folder: '.steward/cluster' })
 * const pool = openPool(cluster.url)
 * await cluster.stop()
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const temporary = options.folder === undefined
  const folder = temporary ? join(await temporaryFolder(), 'data') : await absolute(options.folder as string)
  try {
    return await start(folder, temporary, options)
  } catch (error) {
    if (temporary) await rm(dirname(folder), { recursive: true, force: true })
    throw error
  }
}

async function start(folder: string, temporary: boolean, options: ClusterOptions): Promise<Cluster> {
  const user = await unprivilegedUser()
  const asUser = user.name ? { ...user, ...(await ownerOf(folder)) } : user
  const binaries = await reachableBinaries(await findBinaries(options.version ?? 18), asUser)
  const serverVersion = await versionOf(binaries, asUser)
  const note = await prepareFolder(folder, {
    binaries,
    version: serverVersion,
    user: options.user ?? 'postgres',
    asUser,
  })
  const settings = { ...(temporary ? throwawaySettings : {}), ...options.settings }
  const release = await claimFolder(folder)
  let running: Awaited<ReturnType<typeof withPort>>
  try {
    await freeFolder(folder)
    running = await withPort(options.port, (port) =>
      startServer({
        folder,
        temporary,
        asUser,
        program: binaries.postgres,
        settings: { ...settings, port: String(port) },
      }),
    )
  } catch (error) {
    release()
    throw error
  }
  const { port, server } = running
  // A server that ended by itself leaves the folder to whoever wants to start it again.
  server.once('exit', release)

  const urlOf = (database: string) =>
    `postgres://${encodeURIComponent(note.user)}:${note.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  return {
    url: urlOf('postgres'),
    urlOf,
    port,
    version: Number.parseInt(serverVersion, 10),
    serverVersion,
    folder,
    async stop({ mode = 'fast' } = {}) {
      await end(server, mode)
      release()
      if (temporary) await rm(dirname(folder), { recursive: true, force: true })
    },
  }
}

async function startServer(how: {
  folder: string
  temporary: boolean
  asUser: ServerUser
  program: string
  settings: Record<string, string>
}): Promise<ChildProcess> {
  const { folder, temporary, asUser, program, settings } = how
  const log = await open(join(folder, 'steward.log'), 'w')
  try {
    // A group of its own: ctrl-C in a terminal is meant for us, and we decide when the server goes.
    const flags = serverFlags(settings)
    const server = await spawnOn(folder, program, flags, { asUser, output: log.fd, detached: true })
    guardAgainstOurEnd(server, temporary ? dirname(folder) : null)
    await untilReady(server, folder)
    server.unref()
    return server
  } finally {
    await log.close()
  }
}

async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'steward-cluster-')))
  // The user who runs the server passes through; the data folder inside is that user's alone.
  await chmod(folder, 0o711)
  return folder
}

async function absolute(folder: string): Promise<string> {
  const path = resolve(folder)
  await mkdir(dirname(path), { recursive: true })
  return realpath(path).catch(async () => join(await realpath(dirname(path)), path.slice(dirname(path).length + 1)))
}

function serverFlags(settings: Record<string, string>): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    // No socket file: its path would have to be short, and the loopback address is enough.
    unix_socket_directories: '',
    lc_messages: 'C',
    log_destination: 'stderr',
    logging_collector: 'off',
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

// Between finding a port free and the server's taking it, somebody else may: then the next one.
async function withPort(wanted: number | undefined, use: (port: number) => Promise<ChildProcess>) {
  const deadline = Date.now() + startPatienceMs
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort())
    try {
      return { port, server: await use(port) }
    } catch (error) {
      const output = String((error as { details?: string }).details)
      const isTaken = /Address already in use|could not bind/i.test(output)
      if (isTaken && wanted !== undefined) throw clusterErrors.PORT_IN_USE({ port }, { cause: error })
      // The backends of a server that was killed hold its memory for a moment.
      const isLingering = /shared memory block .* is still in use|lock file .* already exists/.test(output)
      if (isLingering && Date.now() < deadline) await wait(100)
      else if (!isTaken || attempt > 5) throw error
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

// The server writes its state into its lock file, in no language: that is surer than reading its log.
async function untilReady(server: ChildProcess, folder: string): Promise<void> {
  let spawnError: unknown
  server.once('error', (error) => {
    spawnError = error
  })
  const deadline = Date.now() + startPatienceMs
  for (;;) {
    const lock = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lock[0]) === server.pid && lock[7]?.trim() === 'ready') return
    const hasEnded = spawnError !== undefined || server.exitCode !== null || server.signalCode !== null
    if (hasEnded || Date.now() > deadline) {
      server.kill('SIGKILL')
      const log = await readFile(join(folder, 'steward.log'), 'utf8').catch(() => '')
      throw clusterErrors.START(
        { folder, output: log.trim().slice(-4000) || String(spawnError) },
        { cause: spawnError },
      )
    }
    await wait(10)
  }
}

/**
 * A shell that waits for the end of its input, which only we hold: however we end, also by SIGKILL, the server is
 * ended too. On Windows only an ordinary exit is covered.
 */
function guardAgainstOurEnd(server: ChildProcess, remove: string | null): void {
  if (process.platform === 'win32') {
    process.once('exit', () => server.kill())
    return
  }
  const script = `cat >/dev/null; kill -INT "$1" 2>/dev/null
    if [ -n "$2" ]; then while kill -0 "$1" 2>/dev/null; do sleep 0.05; done; rm -rf -- "$2"; fi`
  const guard = spawn('/bin/sh', ['-c', script, 'sh', String(server.pid), remove ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => undefined)
  guard.unref()
  // The pipe must not keep us alive either. It is a socket in Node, though its type does not say so.
  ;(guard.stdin as unknown as { unref(): void }).unref()
  // A number that is free again must not be killed: when the server ends, so does its guard.
  server.once('exit', () => guard.kill('SIGKILL'))
}

const signals = {
  smart: ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'],
  fast: ['SIGINT', 'SIGQUIT', 'SIGKILL'],
  immediate: ['SIGQUIT', 'SIGKILL'],
} as const

async function end(server: ChildProcess, mode: StopMode): Promise<void> {
  const patienceMs = mode === 'immediate' ? 5_000 : 30_000
  for (const signal of signals[mode]) {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.ref()
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    server.kill(signal)
    await Promise.race([ended, wait(patienceMs, undefined, { ref: false })])
  }
}
