// The progress line: how much is done, how long it will still take, and what is going on.

/** Where lines of progress go: a terminal, on which one line is written again and again, or a log. */
export type Paper = { isTTY?: boolean; columns?: number; write: (text: string) => unknown }

export type Progress = {
  /** Tells how much of everything is done, 0 to 1. */
  tell: (fraction: number, doing: string) => void
  /** Takes the line off a terminal again. */
  end: () => void
}

const quietMs = 5_000

/** Progress towards an end that was expected in `expectedSeconds`; measured time takes over as it comes in. */
export function openProgress(
  paper: Paper,
  expectedSeconds: number,
  clock: () => number = () => performance.now(),
): Progress {
  const start = clock()
  let lastLine = Number.NEGATIVE_INFINITY
  return {
    tell(fraction, doing) {
      const now = clock()
      const line = progressLine(fraction, (now - start) / 1000, expectedSeconds, doing)
      if (paper.isTTY) {
        paper.write(`\r\u001b[2K${line.slice(0, (paper.columns ?? 80) - 1)}`)
      } else if (now - lastLine >= quietMs) {
        lastLine = now
        paper.write(`${line}\n`)
      }
    },
    end() {
      if (paper.isTTY) paper.write('\r\u001b[2K')
    },
  }
}

/** `42 %  about 1 min 20 s left  trail.trigger: round 3 of 8`. */
export function progressLine(fraction: number, elapsed: number, expected: number, doing: string): string {
  const left = secondsLeft(fraction, elapsed, expected)
  return `${String(Math.floor(fraction * 100)).padStart(3)} %  ${`about ${duration(left)} left`.padEnd(22)}  ${doing}`
}

/** At first what was expected, then more and more what the pace so far says. */
export function secondsLeft(fraction: number, elapsed: number, expected: number): number {
  if (fraction <= 0) return Math.max(0, expected - elapsed)
  const byPace = (elapsed * (1 - fraction)) / fraction
  const byPlan = expected * (1 - fraction)
  return byPace * fraction + byPlan * (1 - fraction)
}

/** `8 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
