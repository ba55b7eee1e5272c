// A figure: a measured value, the floor that it must reach, and the goal where it is going.
import { median } from './statistics.ts'

export type Reached = 'goal' | 'floor' | 'missed'

/** What is measured and what is asked of it; without a floor and a goal it informs and is not judged. */
export type Target = { name: string; unit: string; better: 'lower' | 'higher'; floor?: number; goal?: number }

/** A figure as the JSON document shows it. `min` and `max` are the extremes of its rounds. */
export type Figure = {
  name: string
  value: number
  unit: string
  floor: number | null
  goal: number | null
  better: 'lower' | 'higher'
  reached: Reached | null
  min: number
  max: number
}

/** The figure of a target from the values of its rounds: their median, judged. */
export function figure(target: Target, rounds: readonly number[]): Figure {
  return figureOf(target, median(rounds), rounds)
}

/** The same where the value is not the median of the rounds. */
export function figureOf(target: Target, value: number, rounds: readonly number[]): Figure {
  const { name, unit, better, floor = null, goal = null } = target
  const shown = rounded(value)
  const reached = judge({ better, floor, goal }, shown)
  return {
    name,
    value: shown,
    unit,
    floor,
    goal,
    better,
    reached,
    min: rounded(Math.min(...rounds)),
    max: rounded(Math.max(...rounds)),
  }
}

/** The judgement of what is shown, so that nobody reads "0.75" and "missed" in one line; null where nothing is asked. */
export function judge(
  { better, floor, goal }: Pick<Figure, 'better' | 'floor' | 'goal'>,
  value: number,
): Reached | null {
  const reaches = (bound: number) => (better === 'higher' ? value >= bound : value <= bound)
  if (floor === null && goal === null) return null
  if (goal !== null && reaches(goal)) return 'goal'
  return floor !== null && reaches(floor) ? 'floor' : 'missed'
}

/** Four significant digits: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
