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

// The clock tick of Linux as programs see it, on every architecture that Node runs on.
const ticksPerSecond = 100

async function findPostmaster(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const backend = await statOf(Number(rows[0]?.pid))
  // On another machine, or in another container, the number is nobody's or somebody else's.
  return backend?.command === 'postgres' ? backend.parent : null
}

async function cpuSecondsOf(postmaster: number): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  let ticks = 0
  for (const name of processes) {
    const stat = await statOf(Number(name))
    if (Number(name) === postmaster && stat) ticks += stat.ticks + stat.ticksOfDead
    else if (stat?.parent === postmaster) ticks += stat.ticks
  }
  return ticks / ticksPerSecond
}

async function statOf(pid: number): Promise<ReturnType<typeof readStat> | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return line === null ? null : readStat(line)
}
