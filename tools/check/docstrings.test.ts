// Names behind doors are found through re-exports, and missing docstrings are told.
import { expect, test } from 'vitest'
import { plantHouse } from '../house/testing/plant-house.ts'
import { checkDocstrings } from './docstrings.ts'
import { readDoorNames } from './doors.ts'

const actor = 'foundation/base/src/actor.ts'

test('a name is followed through every kind of re-export to its declaration and docstring', () => {
  using planted = plantHouse({
    'foundation/base/src/index.ts': [
      '// The door of base.',
      "export { Actor as Person } from './actor.ts'",
      "export * from './id.ts'",
      "import { late } from './id.ts'",
      'export { late as later }',
    ].join('\n'),
    [actor]: '// Who acts.\n/** Who did it. */\nexport type Actor = string\n',
    'foundation/base/src/id.ts':
      '// Ids of all kinds.\n\n/** Makes one.\n * @example makeId() */\nexport const makeId = () => 1\nexport const late = 2\n',
  })
  const names = readDoorNames(planted.root).filter((name) => name.package === '@steward/base')
  expect(
    names.map(({ name, file, line, declaration, docstring }) => [name, file, line, declaration, docstring !== null]),
  ).toEqual([
    ['makeId', 'foundation/base/src/id.ts', 5, 'function', true],
    ['late', 'foundation/base/src/id.ts', 6, 'value', false],
    ['Person', actor, 3, 'type', true],
    ['later', 'foundation/base/src/id.ts', 6, 'value', false],
  ])
})

test('a name without docstring and a function without example are told, a private name is not', () => {
  using planted = plantHouse({
    [actor]: '// Who acts.\nexport const bare = 1\n/** Calls. */\nexport function call() {}\nfunction inner() {}\n',
  })
  const report = checkDocstrings(planted.root)
  expect(report.isSound).toBe(false)
  expect(report.output).toContain(`${actor}:2  bare, behind @steward/base, has no docstring`)
  expect(report.output).toContain(`${actor}:4  call, behind @steward/base, shows no example`)
  expect(report.output).not.toContain('inner')
})
