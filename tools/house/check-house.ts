// The door of the walls: reads a house, checks files and manifests, and refuses to be pleased with an empty one.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Broken } from './broken.ts'
import { checkManifests } from './manifests.ts'
import { drawHouse } from './picture.ts'
import { type House, readHouse } from './read-house.ts'
import { checkWalls } from './walls.ts'

export interface HouseReport {
  files: number
  imports: number
  packages: number
  broken: Broken[]
}

/** Where the picture of the house hangs. */
export const pictureFile = 'docs/house.md'

/** Checks all walls of the house at `root`. Finding no file, no import or no package is itself a break. */
export function checkHouse(root: string): HouseReport {
  const house = readHouse(root)
  const count = countHouse(house)
  const broken = [...checkWalls(house), ...checkManifests(house)]
  for (const [what, number] of Object.entries(count)) {
    if (number > 0) continue
    broken.push({
      file: '.',
      line: null,
      found: `found no ${what}`,
      sentence: 'A check that finds nothing to check must fail.',
      mend: 'Run it in the repository, and see whether the parser still reads what it is given.',
    })
  }
  return { ...count, broken }
}

/** One break when the picture is missing or does not show the house as it is. */
export function checkPicture(root: string): Broken[] {
  const file = join(root, pictureFile)
  if (existsSync(file) && readFileSync(file, 'utf8') === drawHouse(readHouse(root))) return []
  return [
    {
      file: pictureFile,
      line: null,
      found: existsSync(file) ? 'does not show the house as it is' : 'is missing',
      sentence: 'The picture of the house is drawn from the house.',
      mend: 'Draw it with: npm run fix',
    },
  ]
}

function countHouse(house: House): Omit<HouseReport, 'broken'> {
  const files = [...house.files.values()]
  return {
    files: files.length,
    imports: files.reduce((sum, source) => sum + source.imports.length, 0),
    packages: house.workspaces.filter(({ folder }) => folder !== '').length,
  }
}
