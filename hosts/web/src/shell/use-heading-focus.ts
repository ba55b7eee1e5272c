// After going to another page the focus stands at its heading: who hears the page begins there, and Tab goes on from there.
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** So long a page may take until it has a heading. */
const patienceMs = 3000

/** Moves the focus when the path has changed, unless something on the page has taken it. */
export function useHeadingFocus(): void {
  const router = useRouter()
  useEffect(() => {
    let watch = { stop: () => undefined as void }
    const unsubscribe = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      watch.stop()
      // At the first page the browser itself begins at the top.
      if (!pathChanged || fromLocation === undefined) return
      watch = whenHeading(focusHeading)
    })
    return () => {
      unsubscribe()
      watch.stop()
    }
  }, [router])
}

function whenHeading(found: (heading: HTMLElement) => void): { stop: () => void } {
  const main = document.querySelector('main')
  const look = () => {
    const heading = main?.querySelector<HTMLElement>('h1') ?? null
    if (heading === null) return false
    stop()
    found(heading)
    return true
  }
  const observer = new MutationObserver(() => look())
  const timer = setTimeout(stop, patienceMs)
  if (!look() && main !== null) observer.observe(main, { childList: true, subtree: true })
  return { stop }

  function stop(): void {
    clearTimeout(timer)
    observer.disconnect()
  }
}

function focusHeading(heading: HTMLElement): void {
  const { activeElement } = document
  const isTaken = activeElement?.matches('main input, main textarea, main select, [role="dialog"] *') ?? false
  if (isTaken) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
