// `node --conditions=source tools/reference/main.ts`: checks the page of errors; `--write` makes it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository/root.ts'
import { collectErrors, drawErrorReference, errorReferenceFile } from './error-reference.ts'

const errors = await collectErrors(repositoryRoot)
const file = join(repositoryRoot, errorReferenceFile)
const drawn = drawErrorReference(errors)
const isFresh = existsSync(file) && readFileSync(file, 'utf8') === drawn
const silent = errors.filter(({ hint }) => hint === '')

if (process.argv.includes('--write') && !isFresh) writeFileSync(file, drawn)
else if (!isFresh) console.log(`${errorReferenceFile} is stale. Mend it with: npm run fix`)
for (const { code } of silent) console.log(`${code} has no hint. Say in its declaration what to do next.`)
console.log(`${errors.length} errors`)
process.exitCode = silent.length > 0 || (!isFresh && !process.argv.includes('--write')) ? 1 : 0
