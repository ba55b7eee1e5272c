// `npm run pack`: makes the tarballs of all packages, as users get them, in packs/.
import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { repositoryRoot } from '../repository/root.ts'
import { pack } from './pack.ts'

for (const { name, file } of await pack(repositoryRoot)) {
  const kilobytes = (statSync(file).size / 1024).toFixed(1).padStart(8)
  console.log(`${name.padEnd(20)} ${kilobytes} kB  ${relative(repositoryRoot, file)}`)
}
