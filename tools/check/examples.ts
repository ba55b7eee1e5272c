// Type-checks every example of the documentation against the packages, so that no page shows code that does not compile.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repositoryRoot } from '../repository/root.ts'
import { run } from '../repository/run.ts'
import { collectExamples, type Example, writeExample } from './collect-examples.ts'
import { readDoorNames } from './doors.ts'
import type { StepReport } from './run-steps.ts'

// Inside the repository, where packages resolve as they do for everybody, and ignored by Git.
const workFolder = join(repositoryRoot, 'tools', 'dist', 'examples')

/** Collects the examples of the repository at `root`, writes each as a module and runs the compiler over them. */
export async function checkExamples(root: string): Promise<StepReport> {
  const examples = collectExamples(root)
  const folder = join(workFolder, String(process.pid))
  rmSync(folder, { recursive: true, force: true })
  try {
    const ours = [...new Set(readDoorNames(root).map(({ name }) => name))]
    const [plain, legacy] = [false, true].map((isLegacy) => examples.filter((example) => example.isLegacy === isLegacy))
    const faults = [
      await compile(join(folder, 'plain'), plain ?? [], ours, false),
      await compile(join(folder, 'legacy'), legacy ?? [], ours, true),
    ]
    const output = faults.join('')
    return { isSound: output === '', read: examples.length, output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The compiler's complaints with the places of the documents; empty when all is well. */
async function compile(
  folder: string,
  examples: readonly Example[],
  ours: readonly string[],
  isLegacy: boolean,
): Promise<string> {
  if (examples.length === 0) return ''
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings(folder, isLegacy)))
  const strict = await complain(folder, examples, [])
  const given = strict.flatMap((complaint) => nameLeftOut(complaint, examples, ours))
  if (given.length === 0) return print(strict, examples)
  return print(await complain(folder, examples, given), examples)
}

interface Complaint {
  example: number
  line: number
  column: number
  message: string
}

interface GivenName {
  example: number
  name: string
}

/** Writes the examples, with the names that their readers are supposed to have, and asks the compiler. */
async function complain(
  folder: string,
  examples: readonly Example[],
  given: readonly GivenName[],
): Promise<Complaint[]> {
  for (const [index, example] of examples.entries()) {
    const names = new Set(given.filter((one) => one.example === index).map(({ name }) => name))
    const imports = [...example.imports, ...[...names].map((name) => `declare const ${name}: any`)]
    writeFileSync(join(folder, `example-${index}.ts`), writeExample({ ...example, imports }))
  }
  const { exitCode, output } = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], { folder })
  const said = [...output.matchAll(/^example-(\d+)\.ts\((\d+),(\d+)\): (.*(?:\n .*)*)/gm)]
  // Faults of the packages themselves are told by the step `types`.
  if (exitCode !== 0 && said.length === 0 && !/\.ts\(\d+,\d+\): error/.test(output)) throw new Error(output)
  return said.map(([, example, line, column, message = '']) => {
    return { example: Number(example), line: Number(line), column: Number(column), message }
  })
}

/**
 * A name that an example leaves to its reader (`request`, `orders`, `defineCheck(…)`). What begins with a capital must
 * exist, and so must what is called and looks almost like a name of ours: that is a name of ours, misspelled.
 */
function nameLeftOut(
  { example, message }: Complaint,
  examples: readonly Example[],
  ours: readonly string[],
): GivenName[] {
  const name =
    /error TS(?:2304|2552): Cannot find name '([a-z]\w*)'|error TS18004: .*shorthand property '([a-z]\w*)'/.exec(
      message,
    )
  const word = name?.[1] ?? name?.[2]
  if (!word) return []
  const isCalled = new RegExp(`(?<![.\\w$])${word}\\s*(?:<[^()]*>)?\\(`).test(examples[example]?.code ?? '')
  const isMisspelled = isCalled && ours.some((one) => distance(word, one) <= 2)
  return isMisspelled ? [] : [{ example, name: word }]
}

/** How many letters must be changed, added or taken away to make one word of the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...right].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

function print(complaints: readonly Complaint[], examples: readonly Example[]): string {
  return complaints
    .map(({ example, line, column, message }) => `${examples[example]?.file}:${line}:${column} ${message}\n`)
    .join('')
}

function settings(folder: string, isLegacy: boolean): unknown {
  const up = relative(folder, repositoryRoot)
  return {
    extends: join(up, 'tsconfig.server.json'),
    compilerOptions: {
      // Examples may leave out what only a product file must say.
      verbatimModuleSyntax: false,
      isolatedModules: false,
      noImplicitAny: false,
      erasableSyntaxOnly: !isLegacy,
      experimentalDecorators: isLegacy,
      emitDecoratorMetadata: isLegacy,
      strictPropertyInitialization: false,
    },
    files: [],
    include: ['./*.ts'],
    exclude: [],
  }
}
