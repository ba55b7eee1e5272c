// A check is honest: it fails when a step fails, when a step breaks, and when a step read nothing.
import { expect, test } from 'vitest'
import { runSteps, type Step, type StepReport } from './run-steps.ts'

function step(name: string, report: Partial<StepReport>): Step {
  const run = (): Promise<StepReport> => Promise.resolve({ isSound: true, read: 1, output: '', ...report })
  return { name, reads: 'files', run }
}

async function printed(steps: Step[]): Promise<{ isSound: boolean; text: string }> {
  let text = ''
  const isSound = await runSteps(steps, (more) => {
    text += more
  })
  return { isSound, text }
}

test('sound steps print a line each, with what they read, and nothing of their output', async () => {
  const { isSound, text } = await printed([step('types', { read: 82, output: 'chatter' }), step('walls', {})])
  expect(isSound).toBe(true)
  expect(text).toMatch(/^ok {6}types +\d+\.\d s {2}82 files$/m)
  expect(text).toContain('All 2 steps are sound')
  expect(text).not.toContain('chatter')
})

test('a failing step shows its output, and the others still run', async () => {
  const { isSound, text } = await printed([
    step('types', { isSound: false, output: 'a.ts:1 wrong' }),
    step('walls', {}),
  ])
  expect(isSound).toBe(false)
  expect(text).toContain('FAILED  types')
  expect(text).toContain('  a.ts:1 wrong')
  expect(text).toContain('ok      walls')
  expect(text).toContain('1 of 2 steps failed')
})

test('a step that read nothing has failed, however content it is', async () => {
  const { isSound, text } = await printed([step('walls', { read: 0 })])
  expect(isSound).toBe(false)
  expect(text).toContain('a check that finds nothing to check must fail')
})

test('a step that throws has failed, and says why', async () => {
  const run = (): Promise<StepReport> => Promise.reject(new Error('no compiler here'))
  const { isSound, text } = await printed([{ name: 'types', reads: 'files', run }])
  expect(isSound).toBe(false)
  expect(text).toContain('no compiler here')
})

test('no steps at all are not a success', async () => {
  expect((await printed([])).isSound).toBe(false)
})
