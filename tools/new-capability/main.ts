// `npm run new-capability <word>`: a new room with the floor plan of the others, which passes `npm run check` as it is.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repositoryRoot } from '../repository/root.ts'
import { run } from '../repository/run.ts'
import { layOut, readWords } from './new-capability.ts'
import type { Words } from './words.ts'

const { positionals, values } = parseArgs({ allowPositionals: true, options: { noun: { type: 'string' } } })
const words = readWords(repositoryRoot, positionals[0], values.noun)

if (typeof words === 'string') {
  console.error(words)
  process.exitCode = 2
} else {
  const folder = join('capabilities', words.word)
  const files = layOut(join(repositoryRoot, folder), words)
  for (const file of files) console.log(`  ${join(folder, file)}`)
  // npm links the new workspace; then it is formatted and drawn into the picture of the house.
  for (const [command, ...rest] of [
    ['npm', 'install', '--no-audit', '--no-fund'],
    ['biome', 'check', '--linter-enabled=false', '--write', folder],
    ['node', 'tools/house/main.ts', '--write'],
  ]) {
    const { exitCode, output } = await run(command ?? '', rest)
    if (exitCode === 0) continue
    console.error(`${command} ${rest.join(' ')} failed:\n${output}`)
    process.exitCode = 1
    break
  }
  for (const line of nextSteps(words)) console.log(line)
}

/** What nobody but its author can say, and the lines that let it in. */
function nextSteps({ word }: Words): string[] {
  return [
    `Next: say in its README, and in the summary of its capability, what ${word} promises. Then let it in:`,
    `  steward/package.json             "@steward/${word}" among the dependencies`,
    `  steward/src/steward.ts           import { ${word} } from '@steward/${word}/capability', in capabilitiesOf`,
    `  steward/src/web/capabilities.ts  import { ${word}Pages } from '@steward/${word}/pages', in the list`,
  ]
}
