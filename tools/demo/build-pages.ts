// Builds the pages before anybody asks for them: in a checkout the server would do it while the first person waits.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repositoryRoot } from '../repository/root.ts'

// Behind no door of the package: who installs Steward gets the pages built.
const builder = join(repositoryRoot, 'steward', 'src', 'built-pages', 'build-pages.ts')

/** Returns at once where they are built already. */
export async function buildPages(): Promise<void> {
  const module = (await import(pathToFileURL(builder).href)) as { buildPages: () => Promise<string> }
  await module.buildPages()
}
