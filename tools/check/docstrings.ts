// Names behind a door carry a docstring, and what can be called carries an example.
import { type Broken, printBroken } from '../house/broken.ts'
import { readDoorNames } from './doors.ts'
import type { StepReport } from './run-steps.ts'

/** Reads every name behind a door of a published package. */
export function checkDocstrings(root: string): StepReport {
  const names = readDoorNames(root)
  const broken = new Map<string, Broken>()
  for (const { package: owner, door, name, file, line, declaration, docstring } of names) {
    const at = {
      file,
      line,
      mend: 'Write it above the declaration: the promise first, then units, @throws by code, one @example.',
    }
    const found = `${name}, behind ${owner}${door.slice(1)},`
    const isCalled = declaration === 'function' || declaration === 'class'
    if (docstring === null) {
      const sentence = 'Every name behind a door has a docstring.'
      broken.set(`${file} ${name}`, { ...at, found: `${found} has no docstring`, sentence })
    } else if (isCalled && !docstring.includes('@example')) {
      const sentence = 'What can be called through a door shows one @example.'
      broken.set(`${file} ${name}`, { ...at, found: `${found} shows no example`, sentence })
    }
  }
  return { isSound: broken.size === 0, read: names.length, output: printBroken([...broken.values()]) }
}
