// Examples of documents and docstrings are really compiled, and a fault is told at its place in the document.
import { expect, test } from 'vitest'
import { plantHouse } from '../house/testing/plant-house.ts'
import { readDocstrings, readDocument, writeExample } from './collect-examples.ts'
import { checkExamples } from './examples.ts'

const fence = '```'

test('the blocks of a document are found with their lines, and only those in TypeScript', () => {
  const text = `# Title\n\n${fence}ts\nconst a = 1\n${fence}\n\n${fence}sh\nnpm test\n${fence}\n\n${fence}typescript\nconst b = 2\n${fence}\n`
  expect(readDocument('a.md', text).map(({ line, code }) => [line, code])).toEqual([
    [4, 'const a = 1\n'],
    [12, 'const b = 2\n'],
  ])
})

test('a later block knows what an earlier block of the document imported', () => {
  const text = `${fence}ts\nimport { a as b } from 'x'\n${fence}\n${fence}ts\nb()\n${fence}\n${fence}ts\nother.b()\n${fence}\n`
  expect(readDocument('a.md', text).map(({ imports }) => imports)).toEqual([[], ["import { a as b } from 'x'"], []])
})

test('the example of a docstring is found, fenced or bare, and ends at the next tag', () => {
  const bare = '/**\n * Adds.\n * @example\n * add(1, 2)\n * @throws never\n */\nexport function add() {}\n'
  const fenced = `/**\n * Adds.\n *\n * @example\n * ${fence}ts\n * add(1, 2)\n * ${fence}\n */\n`
  for (const text of [bare, fenced]) {
    const [example, ...others] = readDocstrings('a.ts', text, new Map([['add', "import { add } from '@steward/base'"]]))
    expect(others).toEqual([])
    expect(example?.code.trim()).toBe('add(1, 2)')
    expect(example?.imports).toEqual(["import { add } from '@steward/base'"])
    const lines = writeExample(example!).split('\n')
    expect(lines.findIndex((line) => line.includes('add(1'))).toBe(
      text.split('\n').findIndex((line) => line.includes('add(1')),
    )
  }
})

test('sound examples pass, with names that the story gives and with names left to the reader', {
  timeout: 120_000,
}, async () => {
  using planted = plantHouse({
    'README.md': `# Use\n\n${fence}ts\nimport { timeOrderedId } from '@steward/base'\nconst id: string = timeOrderedId()\nsave(id, request)\n${fence}\n`,
  })
  const report = await checkExamples(planted.root)
  expect(report).toEqual({ isSound: true, read: 1, output: '' })
})

test('a wrong argument, a misspelled name and an unknown type are told at their place', {
  timeout: 120_000,
}, async () => {
  using planted = plantHouse({
    'README.md': [
      `${fence}ts`,
      "import { timeOrderedId } from '@steward/base'",
      'const id: number = timeOrderedId()',
      `${fence}`,
      `${fence}ts`,
      'const wrong: Nothing = 1',
      `${fence}`,
      '',
    ].join('\n'),
    'foundation/base/src/actor.ts':
      '// Who acts.\n/**\n * A door.\n * @example\n * openIt(1)\n */\nexport const openIts = 1\n',
  })
  const report = await checkExamples(planted.root)
  expect(report).toMatchObject({ isSound: false, read: 3 })
  expect(report.output).toContain('README.md:3:7 error TS2322')
  expect(report.output).toContain("README.md:6:14 error TS2304: Cannot find name 'Nothing'")
  expect(report.output).toContain('foundation/base/src/actor.ts:5:4 error')
})

test('no example at all is read as nothing, which fails the step', async () => {
  using planted = plantHouse({}, { 'README.md': '# Nothing\n' })
  expect((await checkExamples(planted.root)).read).toBe(0)
})

test('a name that the example declares itself is not imported over it', () => {
  const doors = new Map([['procedure', "import { procedure } from '@steward/contract'"]])
  const text = '/**\n * A.\n * @example\n * const { a: [procedure], ...rest } = read()\n * show(procedure, rest)\n */\n'
  expect(readDocstrings('a.ts', text, doors)[0]?.imports).toEqual([])
})
