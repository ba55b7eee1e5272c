// Which process has a data folder: only one at a time, and a dead one's claim counts for nothing.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { clusterErrors } from './errors.ts'

const run = promisify(execFile)

type Owner = { pid: number; born: string }

/**
 * Takes the folder for this process.
 *
 * @returns gives it back.
 * @throws StewardError CLUSTER_FOLDER_IN_USE while another claim on it stands.
 */
export async function claimFolder(folder: string): Promise<() => void> {
  const path = join(folder, 'steward.owner')
  const own: Owner = { pid: process.pid, born: (await birthOf(process.pid)) ?? '' }
  for (let attempt = 1; ; attempt++) {
    try {
      // Fails when the file exists: that is the lock.
      await writeFile(path, JSON.stringify(own), { flag: 'wx' })
      let isOurs = true
      return () => {
        // A second time the claim may be somebody else's.
        if (isOurs) rmSync(path, { force: true })
        isOurs = false
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
    }
    const owner = await readOwner(path)
    if (owner && (await birthOf(owner.pid)) === owner.born)
      throw clusterErrors.FOLDER_IN_USE({ folder, owner: owner.pid })
    await unlink(path).catch(() => undefined)
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch {
    return null
  }
}

/**
 * When a process was born, in whatever words the system has for it; null when there is none. A number alone says
 * nothing: in a restarted container the same numbers are taken again, our own among them.
 */
async function birthOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      const [boot, stat] = await Promise.all(
        ['/proc/sys/kernel/random/boot_id', `/proc/${pid}/stat`].map((path) => readFile(path, 'utf8')),
      )
      // The name in brackets may hold blanks; the twentieth field after it is the start.
      const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
      return `${boot?.trim()} ${start}`
    }
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'lstart='], { env: { ...process.env, LC_ALL: 'C' } })
    return stdout.trim() || null
  } catch {
    return null
  }
}
