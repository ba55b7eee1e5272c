// Who else was at work on the machine during a run: figures of a busy machine are worth little, and must say so.
import { readdir, readFile } from 'node:fs/promises'
import { readStat } from './server-cost.ts'

/** What the machine and this process with all its descendants have spent, in ticks. */
type Spent = { all: number; idle: number; ours: number }

/** Begins to watch; what it returns tells the share of the processor time that others took since then, 0 to 1. */
export async function watchBystanders(): Promise<() => Promise<number | null>> {
  const before = await readSpent()
  return async () => {
    const after = await readSpent()
    return before === null || after === null ? null : shareOfOthers(before, after)
  }
}

/** The share of others between two moments. */
export function shareOfOthers(before: Spent, after: Spent): number {
  const passed = after.all - before.all
  const others = passed - (after.idle - before.idle) - (after.ours - before.ours)
  return passed === 0 ? 0 : Math.max(0, others / passed)
}

/** A sentence for the note; null where the share is not known. */
export function describeBystanders(share: number | null): string | null {
  if (share === null) return null
  const percent = `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
  if (share < 0.03) return `Others took ${percent} of the processor time during this run.`
  return `NOT A QUIET MACHINE: others took ${percent} of the processor time during this run. Do not trust the figures.`
}

/** Ticks of all processors from the first line of /proc/stat. */
export function readTotals(stat: string): { all: number; idle: number } {
  const fields = (stat.split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number)
  const [, , , idle = 0, waiting = 0] = fields
  return { all: fields.reduce((sum, ticks) => sum + ticks, 0), idle: idle + waiting }
}

async function readSpent(): Promise<Spent | null> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => null)
  return stat === null ? null : { ...readTotals(stat), ours: await ticksOfTree(process.pid) }
}

async function ticksOfTree(root: number): Promise<number> {
  const processes = new Map<number, { parent: number; ticks: number }>()
  for (const name of await readdir('/proc')) {
    const line = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null) : null
    if (line === null) continue
    const { parent, ticks, ticksOfDead } = readStat(line)
    processes.set(Number(name), { parent, ticks: ticks + ticksOfDead })
  }
  const isOurs = (pid: number): boolean => pid === root || (pid > 1 && isOurs(processes.get(pid)?.parent ?? 0))
  let ours = 0
  for (const [pid, { ticks }] of processes) if (isOurs(pid)) ours += ticks
  return ours
}
