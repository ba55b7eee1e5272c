// What the trail needs from time to time (partitions, marks, mending), done each minute while Steward serves.
import { isStewardError } from '@steward/base'
import type { Pool } from '@steward/postgres'
import { openTrail, trailErrors } from '@steward/trail'

/** Whose trails are kept; `everyMs` is a minute unless given. */
export type KeepTrailOptions = {
  /** The databases that are open at the moment. */
  pools: () => readonly Pool[]
  warn: (message: string) => void
  everyMs?: number
}

/**
 * Maintains the trail of each database where it is installed, now and each minute, until it is stopped. Several processes
 * may do so at once: they agree in the database who does. What fails is told once, and tried again.
 *
 * @example
 * const keeping = keepTrail({ pools: () => [pool], warn: console.warn })
 * await keeping.stop()
 */
export function keepTrail({ pools, warn, everyMs = 60_000 }: KeepTrailOptions): { stop: () => Promise<void> } {
  const told = new Set<string>()
  let running: Promise<unknown> = Promise.resolve()
  let isBusy = false
  const round = () => {
    // A round that takes longer than a minute is not joined by another.
    if (isBusy) return
    isBusy = true
    running = Promise.all(pools().map(maintain)).finally(() => {
      isBusy = false
    })
  }
  const maintain = async (pool: Pool): Promise<void> => {
    try {
      const { problems = [] } = await openTrail({ pool }).maintain()
      for (const { entity, problem } of problems) tell(`The trail cannot mend ${entity}: ${problem}`)
    } catch (error) {
      if (trailErrors.NOT_INSTALLED.is(error)) return
      const text = isStewardError(error) ? `${error.code}: ${error.message}` : String(error)
      tell(`The trail could not be maintained: ${text}`)
    }
  }
  const tell = (message: string): void => {
    if (told.has(message)) return
    told.add(message)
    warn(message)
  }
  const timer = setInterval(round, everyMs)
  timer.unref()
  round()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
