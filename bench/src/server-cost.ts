// What a server has spent so far: processor time of all its processes, and write-ahead log.
import { readdir, readFile } from 'node:fs/promises'
import type { Pool } from '@steward/postgres'

/** Spent since the server began. `cpuSeconds` is null where its processes cannot be seen from here. */
export type ServerCost = { cpuSeconds: number | null; walBytes: number }

/** A meter for the server of a pool: reads what has been spent until now. */
export async function openMeter(pool: Pool): Promise<() => Promise<ServerCost>> {
  const postmaster = await findPostmaster(pool)
  return async () => {
    const { rows } = await pool.query<{ bytes: string }>(`SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`)
    return { cpuSeconds: postmaster === null ? null : await cpuSecondsOf(postmaster), walBytes: Number(rows[0]?.bytes) }
  }
}

/** What `statLine` (of /proc/<pid>/stat) says: whose child it is, its own ticks, and those of its dead children. */
export function readStat(statLine: string): { command: string; parent: number; ticks: number; ticksOfDead: number } {
  // The command may hold spaces and brackets of its own.
  const end = statLine.lastIndexOf(')')
  const fields = statLine.slice(end + 2).split(' ')
  const at = (field: number) => Number(fields[field - 3])
  return {
    command: statLine.slice(statLine.indexOf('(') + 1, end),
    parent: at(4),
    ticks: at(14) + at(15),
    ticksOfDead: at(16) + at(17),
  }
}

/** Processor time that a process has spent since it began, in seconds; null where it cannot be seen from here. */
export async function cpuSecondsOfProcess(pid: number): Promise<number | null> {
  const stat = await statOf(pid)
  return stat === null ? null : stat.ticks / ticksPerSecond
}

// The clock tick of Linux as programs see it, on every architecture that Node runs on.
const ticksPerSecond = 100

async function findPostmaster(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const backend = await statOf(Number(rows[0]?.pid))
  // On another machine, or in another container, the number is nobody's or somebody else's.
  return backend?.command === 'postgres' ? backend.parent : null
}

// A process that ends while we read is counted with its parent or by itself, and must be neither both nor none.
async function cpuSecondsOf(postmaster: number): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const before = await childrenOf(postmaster)
    const own = await statOf(postmaster)
    const after = await childrenOf(postmaster)
    const isStable = before.size === after.size && [...before.keys()].every((pid) => after.has(pid))
    if (!isStable && attempt < 20) continue
    const ticks = [...before.values()].reduce((sum, child) => sum + child, 0)
    return (ticks + (own?.ticks ?? 0) + (own?.ticksOfDead ?? 0)) / ticksPerSecond
  }
}

async function childrenOf(postmaster: number): Promise<Map<number, number>> {
  const children = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await statOf(Number(name)) : null
    if (stat?.parent === postmaster) children.set(Number(name), stat.ticks)
  }
  return children
}

async function statOf(pid: number): Promise<ReturnType<typeof readStat> | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return line === null ? null : readStat(line)
}
