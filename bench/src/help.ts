// What `npm run bench` says when it is not told what to measure.
import type { Benchmark } from './benchmark.ts'
import { duration } from './progress.ts'

/** The benchmarks and their parts, a line each. */
export function listText(benchmarks: readonly Benchmark[]): string {
  const lines = benchmarks.flatMap(({ name, summary, parts }) => [
    {
      name,
      summary,
      seconds: sum(parts.map((part) => part.seconds.full)),
      quick: sum(parts.map((part) => part.seconds.quick)),
    },
    ...parts.map((part) => ({
      name: `  ${part.name}`,
      summary: part.summary,
      seconds: part.seconds.full,
      quick: part.seconds.quick,
    })),
  ])
  const width = Math.max(...lines.map((line) => line.name.length))
  return [
    ...lines.map(
      ({ name, summary, seconds, quick }) =>
        `${name.padEnd(width)}  ${summary} (${duration(seconds)}, quick ${duration(quick)})`,
    ),
    '',
    'Run one with: npm run bench -- <name> [--quick] [--json]      More: npm run bench -- --help',
  ].join('\n')
}

/** How to run benchmarks and how to read them. */
export function helpText(benchmarks: readonly Benchmark[]): string {
  return `Measures how fast Steward is, on a real PostgreSQL, all variants in turns within one run.

  npm run bench                          lists the benchmarks
  npm run bench -- trail                 runs one of them
  npm run bench -- trail.bulk            runs one of its parts
  npm run bench -- trail --quick         a rough answer in less than two minutes
  npm run bench -- trail --json          the last line of the output is one JSON document

Options
  --quick   fewer rounds and less data; the note of the result says what
  --with nest   measures NestJS controllers over TypeORM in the same turns; of admin-api alone
  --json    { name, machine, note, figures: [{ name, value, unit, floor, goal, better, reached, min, max }] }
  --list    the benchmarks
  --help    this text

How to read a figure
  value      the median over the rounds; min and max are the extremes of the rounds
  floor      what it must reach; goal: where it is going. Figures without them inform and are not judged
  reached    goal, floor or missed; a missed floor does not make the command fail
  A ratio compares two variants of the same round, so a slow moment of the machine strikes both.

The server
  The embedded PostgreSQL 18, started for the run as in production (fsync on, a quarter of the memory as cache), in the
  folder for temporary files: TMPDIR chooses another disk. STEWARD_TEST_PG=14, 16, 18 or system chooses another version,
  STEWARD_TEST_PG=postgres://… a running server whose user may create databases; ours are named bench_… and removed.

Let nothing else run on the machine meanwhile: the note says how much of the processor time others took.

Exit code: 0 measured, 1 could not run, 2 wrong usage.

Benchmarks
${listText(benchmarks)}`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
