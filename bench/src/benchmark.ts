// What a benchmark is: parts that measure, each on the same server, and the figures that they give.
import type { Figure } from './figure.ts'
import type { Server } from './server.ts'

/** What a part gives: its figures, and sentences that a reader needs to judge them. */
export type Measurement = { figures: Figure[]; notes: string[] }

/** What can be measured beside a benchmark's own variants: `nest`, NestJS controllers over TypeORM. */
export type Companion = 'nest'

/** What a part works with. */
export type Run = {
  /** A rough answer in little time: fewer rounds, less data. */
  isQuick: boolean
  with: readonly Companion[]
  server: Server
  /** Says how far this part is (0 to 1) and what it is doing. */
  tell: (fraction: number, doing: string) => void
}

/** One topic of a benchmark; can be run alone by its name, as `trail.bulk`. */
export type Part = {
  name: string
  summary: string
  /** About how long it takes; the progress line starts from it. */
  seconds: { full: number; quick: number }
  measure: (run: Run) => Promise<Measurement>
}

/** A benchmark by its name. */
export type Benchmark = { name: string; summary: string; parts: Part[] }
