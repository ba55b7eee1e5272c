// `node tools/house/main.ts`: checks the walls, the picture and the tidiness of the house; `--write` draws the picture anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../repository/root.ts'
import { printBroken } from './broken.ts'
import { checkHouse, checkPicture, pictureFile } from './check-house.ts'
import { drawHouse } from './picture.ts'
import { readHouse } from './read-house.ts'
import { checkTidiness } from './tidiness.ts'

if (process.argv.includes('--write')) {
  const file = join(repositoryRoot, pictureFile)
  const drawn = drawHouse(readHouse(repositoryRoot))
  const isFresh = existsSync(file) && readFileSync(file, 'utf8') === drawn
  if (!isFresh) writeFileSync(file, drawn)
  console.log(isFresh ? `${pictureFile} is as it should be.` : `${pictureFile} is drawn anew.`)
} else {
  const walls = checkHouse(repositoryRoot)
  const tidiness = checkTidiness(repositoryRoot)
  const broken = [...walls.broken, ...checkPicture(repositoryRoot), ...tidiness.broken]
  process.stdout.write(printBroken(broken))
  console.log(
    `${walls.files} source files with ${walls.imports} imports in ${walls.packages} packages: ${broken.length} broken.`,
  )
  process.exitCode = broken.length === 0 ? 0 : 1
}
