// Whether the session has ended while somebody was at work: said by whoever is refused, heard by the dialog that mends it.
import { useSyncExternalStore } from 'react'

let hasEnded = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  if (hasEnded === next) return
  hasEnded = next
  for (const listener of listeners) listener()
}

/** Says that the server knows nobody any more. */
export function tellSessionEnded(): void {
  set(true)
}

/** Says that there is a session again. */
export function tellSessionBegun(): void {
  set(false)
}

/** Whether the session has ended. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(listen, () => hasEnded)
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
