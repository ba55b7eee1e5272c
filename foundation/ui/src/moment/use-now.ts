// What time it is, for everything that says how long ago: one clock for all of it.
import { useSyncExternalStore } from 'react'

const everyMs = 20_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = 0

function listen(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, everyMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** Now in milliseconds, to twenty seconds; a new one draws the component again. */
export function useNow(): number {
  return useSyncExternalStore(listen, current)
}

// The same for all that are drawn at once: a store that answers differently each time would be drawn for ever.
function current(): number {
  if (timer === undefined && Date.now() - now >= everyMs) now = Date.now()
  return now
}
