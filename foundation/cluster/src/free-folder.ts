// Ends what still runs on a data folder after its owner is gone.
import { execFile } from 'node:child_process'
import { readFile, readlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Sees to it that no server runs on a folder that we have claimed: removes the lock file that a dead one left behind,
 * and ends a living one, since whoever started it is gone.
 */
export async function freeFolder(folder: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (await isServerOf(folder, pid)) await endServer(pid)
  // PostgreSQL would take any living process with this number for a server.
  else await unlink(lock).catch(() => undefined)
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
