// How far the filling is: one line that is drawn anew on a terminal, plain lines anywhere else.

/** A part of the work; `weight` is how long it takes, compared with the others. */
export type Step = { name: string; says: string; weight: number }

/** Where the bar is drawn; `process.stdout` fits. */
export type Screen = { isTTY?: boolean | undefined; columns?: number | undefined; write(text: string): unknown }

/** Told how far each step is; steps may run side by side. */
export type ProgressBar = {
  /** `share` is 0 to 1; one that is smaller than before is not believed. `says` is what the step is doing by now. */
  advance(step: string, share: number, says?: string): void
  /** Takes the line away. */
  close(): void
}

const width = 28
const quarter = 0.25

/** Draws how far all of it is. */
export function openProgressBar(steps: readonly Step[], screen: Screen): ProgressBar {
  const started = performance.now()
  const shares = new Map(steps.map(({ name }) => [name, 0]))
  const all = steps.reduce((sum, { weight }) => sum + weight, 0)
  const doing = new Map(steps.map(({ name, says }) => [name, says]))
  const told = new Map<string, number>()
  const shareOfAll = () => steps.reduce((sum, { name, weight }) => sum + weight * (shares.get(name) ?? 0), 0) / all
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`

  function draw(step: Step): void {
    const filled = Math.round(shareOfAll() * width)
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
    const line = `${bar} ${percent(shareOfAll())}  ${doing.get(step.name)} (${seconds()})`
    screen.write(`\r\u001b[2K${line.slice(0, (screen.columns ?? 80) - 1)}`)
  }

  /** When something begins, at each quarter of its step, and when that ends. */
  function tell({ name }: Step): void {
    const share = shares.get(name) ?? 0
    const reached = Math.floor(share / quarter)
    const key = `${name} ${doing.get(name)}`
    if ((told.get(key) ?? -1) >= reached) return
    told.set(key, reached)
    screen.write(`${percent(shareOfAll())}  ${doing.get(name)}${share >= 1 ? ': done' : ''} (${seconds()})\n`)
  }

  return {
    advance(name, share, says) {
      const step = steps.find((one) => one.name === name)
      if (step === undefined) throw new Error(`There is no step "${name}".`)
      if (says !== undefined) doing.set(name, says)
      shares.set(name, Math.min(1, Math.max(share, shares.get(name) ?? 0)))
      // What still runs is worth a word, not what is done.
      const shown = steps.find((one) => isUnderWay(shares.get(one.name) ?? 0)) ?? step
      if (screen.isTTY === true) draw(shown)
      else tell(step)
    },
    close() {
      if (screen.isTTY === true) screen.write('\r\u001b[2K')
    },
  }
}

function isUnderWay(share: number): boolean {
  return share > 0 && share < 1
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`.padStart(5)
}
