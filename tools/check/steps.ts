// The steps of `npm run check`, each with the number of things that it really read.
import { sep } from 'node:path'
import { printBroken } from '../house/broken.ts'
import { checkHouse, checkPicture } from '../house/check-house.ts'
import { checkTidiness } from '../house/tidiness.ts'
import { repositoryRoot } from '../repository/root.ts'
import { run } from '../repository/run.ts'
import { checkDocstrings } from './docstrings.ts'
import { checkExamples } from './examples.ts'
import type { Step, StepReport } from './run-steps.ts'
import { checkWords } from './words.ts'

export const steps: Step[] = [
  { name: 'lint', reads: 'files', run: lint },
  { name: 'types', reads: 'files', run: checkTypes },
  { name: 'examples', reads: 'examples', run: () => checkExamples(repositoryRoot) },
  { name: 'unused', reads: 'files', run: findUnused },
  { name: 'format', reads: 'files', run: checkFormat },
  { name: 'walls', reads: 'imports', run: checkWalls },
  { name: 'picture', reads: 'pictures', run: checkHousePicture },
  { name: 'errors', reads: 'errors', run: checkErrorReference },
  { name: 'tidiness', reads: 'files', run: checkTidyFiles },
  { name: 'words', reads: 'phrases', run: () => Promise.resolve(checkWords(repositoryRoot)) },
  { name: 'docstrings', reads: 'names', run: () => Promise.resolve(checkDocstrings(repositoryRoot)) },
]

async function checkFormat(): Promise<StepReport> {
  const { exitCode, output } = await run('biome', ['check', '--linter-enabled=false', '--colors=off', '.'])
  return {
    isSound: exitCode === 0,
    read: readNumber(output, /Checked (\d+) files?/),
    output: `${output}Mend it with: npm run fix\n`,
  }
}

async function lint(): Promise<StepReport> {
  const { exitCode, output } = await run('oxlint', [])
  const rules = readNumber(output, /with (\d+) rules/)
  return { isSound: exitCode === 0 && rules > 0, read: readNumber(output, /on (\d+) files?/), output }
}

/** The server's files, the pages that know a browser and no Node, the tests of those, and the example, which has decorators. */
const programs = [
  'tsconfig.server.json',
  'tsconfig.pages.json',
  'tsconfig.page-tests.json',
  'examples/helpdesk/tsconfig.check.json',
]

async function checkTypes(): Promise<StepReport> {
  const checked = await Promise.all(programs.map(checkProgram))
  return {
    isSound: checked.every(({ isSound, read }) => isSound && read > 0),
    read: checked.reduce((sum, { read }) => sum + read, 0),
    output: checked.map(({ output }) => output).join('\n'),
  }
}

async function checkProgram(program: string): Promise<StepReport> {
  const { exitCode, stdout } = await run('tsc', ['-p', program, '--noEmit', '--listFiles', '--pretty', 'false'])
  const lines = stdout.split('\n')
  const isListed = (line: string): boolean => line.startsWith(repositoryRoot.replaceAll(sep, '/'))
  const own = lines.filter((line) => isListed(line) && !line.includes('/node_modules/'))
  const output = lines.filter((line) => !isListed(line) && !line.includes('/node_modules/')).join('\n')
  return { isSound: exitCode === 0, read: own.length, output }
}

async function findUnused(): Promise<StepReport> {
  const count = './tools/check/knip-count.ts'
  const { exitCode, output } = await run('knip', ['--no-progress', '--reporter', 'symbols', '--reporter', count])
  return { isSound: exitCode === 0, read: readNumber(output, /knip read (\d+) files/), output }
}

function checkWalls(): Promise<StepReport> {
  const { imports, broken } = checkHouse(repositoryRoot)
  return Promise.resolve({ isSound: broken.length === 0, read: imports, output: printBroken(broken) })
}

function checkHousePicture(): Promise<StepReport> {
  const broken = checkPicture(repositoryRoot)
  return Promise.resolve({ isSound: broken.length === 0, read: 1, output: printBroken(broken) })
}

async function checkErrorReference(): Promise<StepReport> {
  const { exitCode, output } = await run('node', ['--conditions=source', 'tools/reference/main.ts'])
  return { isSound: exitCode === 0, read: readNumber(output, /^(\d+) errors$/m), output }
}

function checkTidyFiles(): Promise<StepReport> {
  const { read, broken } = checkTidiness(repositoryRoot)
  return Promise.resolve({ isSound: broken.length === 0, read, output: printBroken(broken) })
}

function readNumber(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 0)
}
