// Starts PostgreSQL's programs on a data folder, as the right user and in a clean environment.
import { type ChildProcess, spawn } from 'node:child_process'
import { constants, open } from 'node:fs/promises'
import { parse } from 'node:path'
import { clusterErrors } from './errors.ts'
import { canEnter, type ServerUser } from './unprivileged-user.ts'

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

/** Runs a program to its end; null when all went well, otherwise what it said. */
export async function runOn(
  folder: string,
  program: string,
  flags: string[],
  asUser: ServerUser,
): Promise<string | null> {
  const child = await spawnOn(folder, program, flags, { asUser, output: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
    })
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)))
    child.once('close', (code) => resolve(code === 0 ? null : output.trim() || `It ended with ${code}.`))
  })
}
