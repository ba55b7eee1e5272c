// Where the configuration is: named, or in this folder or one above it, up to the root of the repository.
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { configErrors } from './errors.ts'

/** The names that a configuration may have, the first that is there. */
const configNames = ['steward.config.ts', 'steward.config.mts', 'steward.config.js', 'steward.config.mjs']

/**
 * The configuration's file, or null where there is none. Outside of a repository it is looked for in the folder alone: what
 * lies in a folder above could be anybody's, and it is run.
 *
 * @throws CONFIG_NOT_FOUND where one is named that is not there
 * @example
 * const file = await findConfig({ named: process.env.STEWARD_CONFIG, folder: process.cwd() })
 */
export async function findConfig({
  named,
  folder,
}: {
  named?: string | undefined
  folder: string
}): Promise<string | null> {
  if (named !== undefined && named.trim() !== '') {
    const file = resolve(folder, named.trim())
    if (await isFile(file)) return file
    throw configErrors.NOT_FOUND({ file: named.trim() })
  }
  const folders = await foldersOf(resolve(folder))
  for (const each of folders) {
    for (const name of configNames) {
      if (await isFile(join(each, name))) return join(each, name)
    }
  }
  return null
}

/** The folder and those above it, up to the one that holds `.git`; the folder alone where none does. */
async function foldersOf(folder: string): Promise<string[]> {
  const folders: string[] = []
  for (let each = folder; ; each = dirname(each)) {
    folders.push(each)
    // A work tree has a file of that name.
    if (await stat(join(each, '.git')).then(Boolean, () => false)) return folders
    if (dirname(each) === each) return [folder]
  }
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
}
