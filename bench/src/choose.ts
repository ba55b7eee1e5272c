// Finds what a name means: a whole benchmark, or the parts of one.
import { nearestNames } from '@steward/base'
import type { Benchmark, Part } from './benchmark.ts'

export type Choice = { parts: Part[] } | { parts: null; near: string[] }

/** `trail` is all of a benchmark, `trail.bulk` that part, and so is the name of a figure in it. */
export function choose(benchmarks: readonly Benchmark[], name: string): Choice {
  const whole = benchmarks.find((benchmark) => benchmark.name === name)
  if (whole) return { parts: whole.parts }
  const all = benchmarks.flatMap((benchmark) => benchmark.parts)
  const parts = all.filter((part) => part.name === name || name.startsWith(`${part.name}.`))
  if (parts.length > 0) return { parts }
  return {
    parts: null,
    near: nearestNames(
      name,
      [...benchmarks, ...all].map((known) => known.name),
    ),
  }
}
