// Where the back office's built pages are: beside the code in a published package, built from source in the repository.
import { fileURLToPath } from 'node:url'
import { buildPages } from './build-pages.ts'

/** Whether this is the code as it is written: Node runs it as it is. */
const isSource = import.meta.url.endsWith('.ts')

/**
 * Asks where the pages are, each time a document is loaded; null where there are none. In the repository they are built only for
 * who wants them: a server of the API alone should not need a browser's tools.
 *
 * @example
 * const folder = findPages(true)
 */
export function findPages(isWanted: boolean | undefined): (() => Promise<string>) | null {
  if (isWanted === false || (isSource && isWanted !== true)) return null
  return isSource ? buildPages : async () => fileURLToPath(new URL('../web/', import.meta.url))
}
