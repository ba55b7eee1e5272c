// A data folder: made once and whole, told apart from foreign ones.
import { randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { clusterErrors } from './errors.ts'
import { runOn } from './program.ts'
import { canEnter, type ServerUser } from './unprivileged-user.ts'

/** What we note in the folder: how to get in. */
export type Note = { user: string; password: string }

const noteFile = 'steward.json'

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
  const secret = await mkdtemp(join((await canEnter(tmpdir(), asUser)) ? tmpdir() : '/tmp', 'steward-'))
  const passwordFile = join(secret, 'password')
  const note: Note = { user, password: randomBytes(18).toString('base64url') }
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

/** How to get into a cluster of ours; null when it is none. */
export async function readNote(folder: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(join(folder, noteFile), 'utf8')) as Note
  } catch {
    return null
  }
}

async function writeNote(folder: string, note: Note): Promise<void> {
  const path = join(folder, noteFile)
  await writeFile(path, `${JSON.stringify(note)}\n`, { mode: 0o600 })
  const { uid, gid } = await stat(folder)
  if (process.getuid?.() === 0) await chown(path, uid, gid)
}
