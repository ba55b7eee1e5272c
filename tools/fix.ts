// `npm run fix`: formats, mends what the linter can mend, makes the page of errors and the picture of the house anew.
import { run } from './repository/run.ts'

const deeds: { what: string; command: string; values: string[] }[] = [
  { what: 'linted', command: 'oxlint', values: ['--fix', '--quiet'] },
  { what: 'formatted', command: 'biome', values: ['check', '--linter-enabled=false', '--write', '.'] },
  { what: 'errors listed', command: 'node', values: ['--conditions=source', 'tools/reference/main.ts', '--write'] },
  { what: 'drawn', command: 'node', values: ['tools/house/main.ts', '--write'] },
]

for (const { what, command, values } of deeds) {
  const { exitCode } = await run(command, values)
  console.log(exitCode === 0 ? what : `${what}, as far as it can be done by itself: the rest is told by npm run check`)
}
