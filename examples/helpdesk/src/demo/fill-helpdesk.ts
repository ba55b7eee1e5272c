// Fills an empty database with ninety days of the helpdesk: imagined and imported first, then three days really run.
import { openTrail, type Trail } from '@steward/trail'
import { Pool } from 'pg'
import { createSchema } from '../database/create-schema.ts'
import { Calendar, hourMs } from './calendar.ts'
import { planHandEdits } from './hand-edits.ts'
import { type Imagined, imaginePast } from './imagine-past.ts'
import type { Planted } from './planted.ts'
import { recordPlanted } from './record-planted.ts'
import { RunningService } from './running-service.ts'
import { Schedule } from './schedule.ts'
import { planServedDays, type Served } from './served-days.ts'
import { Stopwatch } from './stopwatch.ts'
import { importPast, storeRows } from './store-past.ts'
import { type Story, tellStories } from './stories.ts'
import { type Happened, planTroubles } from './troubles.ts'
import { excludedColumns } from './world.ts'

/** How far it has come: `done` of `total`, of the whole. */
export type Progress = { phase: 'rows' | 'history' | 'service' | 'finish'; done: number; total: number }

/** `now` is where the ninety days end, the present unless given; `scale` 1 makes about 50,000 changes. */
export type FillOptions = {
  databaseUrl: string
  now?: Date
  scale?: number
  seed?: number
  onProgress?: (progress: Progress) => void
}

/** What is there now. */
export type Filled = {
  now: string
  changes: number
  importedChanges: number
  operations: number
  trailBegins: string
  planted: Planted
  stories: Story[]
}

/**
 * Fills an empty database: tables, rows, trail, history. The same seed, scale and day give the same, but for ids that the
 * database makes itself.
 */
export async function fillHelpdesk(options: FillOptions): Promise<Filled> {
  const { databaseUrl, now = new Date(), scale = 1, seed = 1004, onProgress = () => undefined } = options
  const calendar = new Calendar(now)
  const pool = new Pool({ connectionString: inHaste(databaseUrl), max: 3 })
  try {
    onProgress({ phase: 'rows', done: 0, total: 1 })
    const imagined = imaginePast(calendar, { seed, scale })
    const { changes } = imagined.world
    // To run the service for three days takes about half as long as to import all before.
    const servedWeight = Math.round(changes / 2)
    const total = changes + servedWeight
    await createSchema(pool)
    await storeRows(pool, imagined.world)
    const trail = openTrail({ pool })
    await trail.install()
    await trackAll(trail)
    await importPast(trail, imagined.world, (done) => onProgress({ phase: 'history', done, total }))

    const { served, happened } = await serve(imagined, {
      pool,
      trail,
      databaseUrl,
      calendar,
      scale,
      onStep: (part) => onProgress({ phase: 'service', done: changes + Math.round(part * servedWeight), total }),
    })
    await trail.maintain()
    await pool.query('ANALYZE')
    const planted = await recordPlanted({ pool, trail }, served, happened)
    const counted = await countTrail(pool)
    onProgress({ phase: 'finish', done: total, total })
    return {
      now: now.toISOString(),
      ...counted,
      importedChanges: changes,
      trailBegins: new Date(calendar.trailBegins).toISOString(),
      planted,
      stories: tellStories(planted),
    }
  } finally {
    await pool.end()
  }
}

/** Commits without waiting for the disk: should the machine fail now, one fills again. */
function inHaste(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', '-c synchronous_commit=off')
  return url.href
}

async function trackAll(trail: Trail): Promise<void> {
  await trail.track({ all: true, schema: 'public' })
  for (const [table, columns] of Object.entries(excludedColumns)) await trail.track(table, { exclude: [...columns] })
}

type Serving = {
  pool: Pool
  trail: Trail
  databaseUrl: string
  calendar: Calendar
  scale: number
  /** Told which part of the days is over, from 0 to 1. */
  onStep: (part: number) => void
}

async function serve(
  imagined: Imagined,
  { pool, trail, databaseUrl, calendar, scale, onStep }: Serving,
): Promise<{ served: Served; happened: Happened }> {
  const service = await RunningService.start(inHaste(databaseUrl), imagined.random)
  try {
    const schedule = new Schedule<Promise<void>>(calendar.now)
    const served: Served = { ...imagined, service, schedule, calendar, scale, tenantOf: new Map() }
    planServedDays(served)
    const happened = planTroubles(served)
    planHandEdits(served, databaseUrl)
    // As `steward serve` does each minute: marks make "as it was" exact.
    for (let at = calendar.trailBegins; at < calendar.now; at += hourMs) {
      schedule.plan(at, async () => void (await trail.mark()))
    }
    const stopwatch = new Stopwatch(pool)
    const lengthMs = calendar.now - calendar.trailBegins
    let [steps, last] = [0, calendar.trailBegins]
    for (const { at, work } of schedule.due()) {
      // A step takes its time: the next one is later by a few milliseconds at least.
      last = Math.max(at, last + 20)
      service.setTime(last)
      await stopwatch.begin(last)
      await work(last)
      steps += 1
      if (steps % 10 === 0) onStep((last - calendar.trailBegins) / lengthMs)
    }
    await stopwatch.begin(Math.max(calendar.now, last + 20))
    await stopwatch.moveBack(calendar.trailBegins)
    return { served, happened }
  } finally {
    await service.stop()
  }
}

async function countTrail(pool: Pool): Promise<{ changes: number; operations: number }> {
  const { rows } = await pool.query<{ changes: number; operations: number }>(
    `SELECT (SELECT count(*)::int FROM steward.change) AS changes,
            (SELECT count(DISTINCT id)::int FROM steward.operation) AS operations`,
  )
  return rows[0] ?? { changes: 0, operations: 0 }
}
