// `npm run check`: everything that must hold before a commit, a line a step; prints only what failed. `--only walls,types` picks.
import { parseArgs } from 'node:util'
import { runSteps } from './check/run-steps.ts'
import { steps } from './check/steps.ts'

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
const wanted = values.only?.flatMap((names) => names.split(','))
const unknown = wanted?.filter((name) => !steps.some((step) => step.name === name)) ?? []

if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}. The steps are: ${steps.map(({ name }) => name).join(', ')}.`)
  process.exitCode = 2
} else {
  const chosen = steps.filter(({ name }) => wanted === undefined || wanted.includes(name))
  const isSound = await runSteps(chosen, (text) => process.stdout.write(text))
  process.exitCode = isSound ? 0 : 1
}
