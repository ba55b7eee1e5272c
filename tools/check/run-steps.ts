// Runs the steps of a check two at a time and prints a line for each; a step that read nothing has failed.

export interface StepReport {
  isSound: boolean
  /** How many things were looked at: nothing passes that read nothing. */
  read: number
  /** Shown only when the step failed. */
  output: string
}

export interface Step {
  name: string
  /** What the step reads, for the line: `files`, `examples`. */
  reads: string
  run(): Promise<StepReport>
}

const atOnce = 2

/** True when every step was sound and each had something to read. */
export async function runSteps(steps: readonly Step[], print: (text: string) => void): Promise<boolean> {
  const started = performance.now()
  const waiting = [...steps]
  let failed = 0
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await runStep(step, print))) failed++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const isSound = failed === 0 && steps.length > 0
  print(
    isSound
      ? `All ${steps.length} steps are sound (${seconds} s).\n`
      : `${failed} of ${steps.length} steps failed (${seconds} s).\n`,
  )
  return isSound
}

async function runStep(step: Step, print: (text: string) => void): Promise<boolean> {
  const started = performance.now()
  const report = await runSafely(step)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const isSound = report.isSound && report.read > 0
  print(
    `${isSound ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(10)} ${seconds.padStart(5)} s  ${report.read} ${step.reads}\n`,
  )
  if (isSound) return true
  const blame = report.isSound
    ? `The step ${step.name} read nothing: a check that finds nothing to check must fail.\n`
    : ''
  const output = `${report.output.trimEnd()}\n${blame}`.trim()
  print(`${output.replaceAll(/^/gm, '  ')}\n\n`)
  return false
}

async function runSafely(step: Step): Promise<StepReport> {
  try {
    return await step.run()
  } catch (error) {
    return { isSound: false, read: 0, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
