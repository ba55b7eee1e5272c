// PostgreSQL refuses to run as root: who runs it then, and what that user must be able to reach.
import { execFile } from 'node:child_process'
import { cp, lstat, mkdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, versionOf } from './binaries.ts'
import { clusterErrors } from './errors.ts'

const run = promisify(execFile)

/** As whom the server runs; without numbers: as whoever we are. */
export type ServerUser = { name: string; uid?: number; gid?: number }

/**
 * The user to run PostgreSQL as: nobody else when we are not root, otherwise `postgres`, or `nobody`, or a new user
 * `postgres`.
 *
 * @throws StewardError CLUSTER_NO_USER
 */
export async function unprivilegedUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { name: '' }
  for (const name of ['postgres', 'nobody']) {
    const found = await lookUp(name)
    if (found) return found
  }
  await run('useradd', ['--system', 'postgres']).catch(() => undefined)
  const made = await lookUp('postgres')
  if (!made) throw clusterErrors.NO_USER({ user: 'postgres' })
  return made
}

async function lookUp(name: string): Promise<{ name: string; uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    )
    return uid === undefined || gid === undefined || uid === 0 ? null : { name, uid, gid }
  } catch {
    return null
  }
}

/**
 * The same programs, at a place where the user can run them: where they are, or in a copy under the temporary folder.
 * A checkout in /root must work, and nobody's folders are opened for it.
 *
 * @throws StewardError CLUSTER_UNREACHABLE, CLUSTER_CANNOT_RUN
 */
export async function reachableBinaries(binaries: Binaries, asUser: ServerUser): Promise<Binaries> {
  if (asUser.uid === undefined || (await canRun(binaries, asUser))) return binaries
  if (!binaries.home) throw clusterErrors.UNREACHABLE({ folder: dirname(binaries.initdb), user: asUser.name })
  const { mtimeMs, size } = await stat(binaries.postgres)
  const version = await versionOf(binaries)
  const copy = join(tmpdir(), `steward-postgres-${version}-${Math.round(mtimeMs).toString(36)}-${size.toString(36)}`)
  if (!(await isOwn(copy))) await copyWhole(binaries.home, copy)
  const moved = (path: string) => join(copy, relative(binaries.home as string, path))
  const result = { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres), home: copy }
  await versionOf(result, asUser)
  return result
}

async function canRun(binaries: Binaries, asUser: ServerUser): Promise<boolean> {
  return versionOf(binaries, asUser).then(
    () => true,
    () => false,
  )
}

// The temporary folder is everybody's: a copy that somebody else put there is not run.
async function isOwn(folder: string): Promise<boolean> {
  return lstat(folder).then(
    ({ uid }) => uid === process.getuid?.(),
    () => false,
  )
}

// Copied beside and renamed, so that two processes that start at once never see half a copy.
async function copyWhole(from: string, to: string): Promise<void> {
  const beside = `${to}.${process.pid}`
  // Nobody else may put anything into it, and its files are opened for reading at the end: a umask may have closed them.
  await mkdir(beside, { mode: 0o700 })
  await cp(from, beside, { recursive: true, verbatimSymlinks: true })
  await run('chmod', ['-R', 'a+rX,go-w', beside])
  await rename(beside, to).catch(() => rm(beside, { recursive: true, force: true }))
}

/** Whether the user can enter the folder by its path. */
export async function canEnter(folder: string, asUser: ServerUser): Promise<boolean> {
  const { uid, gid } = asUser
  if (uid === undefined || gid === undefined) return true
  return run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
