// A data folder: made once, told apart from foreign ones, and freed from servers that nobody owns any more.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chown,
  constants,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { clusterErrors } from './errors.ts'
import { canEnter, type ServerUser } from './unprivileged-user.ts'

const run = promisify(execFile)

/** What we note in the folder: how to get in, and which process runs its server. */
export type Note = { user: string; password: string; owner: number | null }

const noteFile = 'steward.json'

/** Environment for the programs: no variable of the caller may change where they look or what language they speak. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

/**
 * Starts a program of PostgreSQL on a data folder, as the user. Where that user may not enter a folder above it (a
 * checkout in /root), we hand over the folder itself, opened: Linux lets a process into what it holds open.
 *
 * @throws StewardError CLUSTER_UNREACHABLE
 */
export async function spawnOn(
  folder: string,
  program: string,
  flags: string[],
  { asUser, output, detached = false }: { asUser: ServerUser; output: 'pipe' | number; detached?: boolean },
): Promise<ChildProcess> {
  const isReachable = await canEnter(folder, asUser)
  if (!isReachable && process.platform !== 'linux') throw clusterErrors.UNREACHABLE({ folder, user: asUser.name })
  const opened = isReachable ? null : await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    const path = opened ? '/proc/self/fd/3' : folder
    return spawn(program, ['-D', path, ...flags], {
      ...(asUser.uid === undefined ? {} : { uid: asUser.uid }),
      ...(asUser.gid === undefined ? {} : { gid: asUser.gid }),
      // PostgreSQL 14 goes back to where it was started while it looks for itself: that has to be possible.
      cwd: parse(folder).root,
      env: cleanEnvironment(),
      detached,
      stdio: ['ignore', output, output, ...(opened ? [opened.fd] : [])],
    })
  } finally {
    await opened?.close()
  }
}

async function runOn(folder: string, program: string, flags: string[], asUser: ServerUser): Promise<string | null> {
  const child = await spawnOn(folder, program, flags, { asUser, output: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)))
    child.once('close', (code) => resolve(code === 0 ? null : output.trim() || `It ended with ${code}.`))
  })
}

/** Whose folder it is, when we are root and the folder is there already: its server has to run as that user. */
export async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | null> {
  const found = await stat(folder).catch(() => null)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null
}

/**
 * Makes the folder a cluster if it is not one yet, and returns how to get in.
 *
 * @throws StewardError CLUSTER_NOT_OURS, CLUSTER_OTHER_VERSION, CLUSTER_INITIALISE
 */
export async function prepareFolder(
  folder: string,
  server: { binaries: Binaries; version: string; user: string; asUser: ServerUser },
): Promise<Note> {
  const files: string[] = await readdir(folder).catch(() => [])
  if (files.length === 0) await initialise(folder, server)
  else if (!files.includes('PG_VERSION')) throw clusterErrors.NOT_OURS({ folder })
  const found = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  const wanted = majorOf(server.version)
  if (found !== wanted) throw clusterErrors.OTHER_VERSION({ folder, found, wanted })
  const note = await readNote(folder)
  if (!note) throw clusterErrors.NOT_OURS({ folder })
  return note
}

function majorOf(version: string): string {
  return version.split(/[.a-z]/)[0] as string
}

// Made beside and renamed: the folder is a whole cluster or not there, also when we are killed in between.
async function initialise(folder: string, server: Parameters<typeof prepareFolder>[1]): Promise<void> {
  const { binaries, version, user, asUser } = server
  const beside = `${folder}.new-${process.pid}`
  const secret = await mkdtemp(join(tmpdir(), 'steward-'))
  const passwordFile = join(secret, 'password')
  const note: Note = { user, password: randomBytes(18).toString('base64url'), owner: null }
  try {
    await writeFile(passwordFile, `${note.password}\n`, { mode: 0o600 })
    await giveTo(asUser, secret, passwordFile)
    const settings = ['-U', user, '-E', 'UTF8', '-A', 'scram-sha-256', '-N', '--pwfile', passwordFile]
    let failure: string | null = null
    for (const locale of localesFor(Number(majorOf(version)))) {
      await rm(beside, { recursive: true, force: true })
      await mkdir(beside, { recursive: true, mode: 0o700 })
      await giveTo(asUser, beside)
      failure = await runOn(beside, binaries.initdb, [...settings, ...locale], asUser)
      if (failure === null) break
    }
    if (failure !== null) throw clusterErrors.INITIALISE({ folder, output: failure })
    await writeNote(beside, note)
    // rename replaces an empty folder; a full one means that another process was faster, and its cluster is as good.
    await rename(beside, folder).catch(() => undefined)
  } finally {
    await rm(secret, { recursive: true, force: true })
    await rm(beside, { recursive: true, force: true })
  }
}

async function giveTo({ uid, gid }: ServerUser, ...paths: string[]): Promise<void> {
  if (uid === undefined || gid === undefined) return
  for (const path of paths) await chown(path, uid, gid)
}

// ICU's root collation sorts Hangul by its alphabet and English by letters before capitals. Before version 15 a
// database cannot have it as its default: there it is by code point, and COLLATE "und-x-icu" gives this order.
function localesFor(major: number): string[][] {
  const plain = [['--locale=C.UTF-8'], ['--locale=C']]
  if (major < 15) return plain
  return [...plain.map((locale) => ['--locale-provider=icu', '--icu-locale=und', ...locale]), ...plain]
}

export async function readNote(folder: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(join(folder, noteFile), 'utf8')) as Note
  } catch {
    return null
  }
}

export async function writeNote(folder: string, note: Note): Promise<void> {
  const path = join(folder, noteFile)
  await writeFile(path, `${JSON.stringify(note)}\n`, { mode: 0o600 })
  const { uid, gid } = await stat(folder)
  if (process.getuid?.() === 0) await chown(path, uid, gid)
}

/**
 * Sees to it that no server runs on the folder: removes the lock file of a dead one, stops one whose owner is dead.
 *
 * @throws StewardError CLUSTER_FOLDER_IN_USE when its owner lives.
 */
export async function freeFolder(folder: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (!(await isServerOf(folder, pid))) {
    // PostgreSQL would mistake any living process with this number for a server.
    await unlink(lock).catch(() => undefined)
    return
  }
  const owner = (await readNote(folder))?.owner ?? null
  if (owner !== null && isAlive(owner)) throw clusterErrors.FOLDER_IN_USE({ folder, owner })
  await endServer(pid)
}

async function endServer(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isAlive(pid)) return
    process.kill(pid, signal)
    for (let waited = 0; waited < patienceMs && isAlive(pid); waited += 20) await wait(20)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// A number in a lock file may by now belong to anybody; a server's working folder is its data folder.
async function isServerOf(folder: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === folder
  } catch {
    const command = await run('ps', ['-p', String(pid), '-o', 'command=']).then(
      ({ stdout }) => stdout,
      () => '',
    )
    return /postgres/.test(command)
  }
}
