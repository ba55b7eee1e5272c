// Remembers which records, operations and others were opened, under the name that their page gave itself.
import type { AnyRouter } from '@tanstack/react-router'
import { rememberOpened } from '../search/opened-pages.ts'

/** So long a page has to be looked at, and to find its name. */
const lookMs = 1500

/** Listens to the router for as long as the document lives. */
export function rememberPages(router: AnyRouter): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  router.subscribe('onResolved', ({ toLocation, pathChanged }) => {
    if (!pathChanged) return
    clearTimeout(timer)
    const match = router.state.matches.at(-1)
    const isOneThing = /\/\$\w+$/.test(String(match?.fullPath ?? ''))
    if (!isOneThing) return
    timer = setTimeout(() => {
      // As the page has named itself, without the service behind it.
      const label = document.title.replace(/ · [^·]*$/, '').trim()
      if (label !== '') rememberOpened({ path: toLocation.pathname, label })
    }, lookMs)
  })
}
