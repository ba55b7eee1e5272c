// Goes to a path that was kept as a text, with its search and its hash.
import type { AnyRouter } from '@tanstack/react-router'

/** Replaces the page that is shown; `path` is below the document's base and begins with a slash. */
export function goTo(router: AnyRouter, path: string): void {
  router.history.replace(basePath().replace(/\/$/, '') + path)
}

/** The path below which all pages are: that of the document's `<base>`. */
export function basePath(): string {
  return new URL(document.baseURI).pathname
}
