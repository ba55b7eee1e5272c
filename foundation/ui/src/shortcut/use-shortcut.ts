// Shortcuts of the keyboard: each page says its own, and the list behind `?` shows all that work now.
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { Phrase } from '../language/language.ts'
import { endsWith, pressedKey } from './read-keys.ts'

/** A shortcut that works now. */
export type Shortcut = { keys: string; phrase: Phrase; run: () => void }

let shortcuts: readonly Shortcut[] = []
let pressed: { key: string; at: number }[] = []
const listeners = new Set<() => void>()

/** Two keys that belong together are pressed within this time. */
const togetherMs = 900

/**
 * Lets keys do something while the component is shown: `r`, `/`, `enter`, `mod+k` (⌘ on a Mac, Ctrl elsewhere), `g h` one after the other.
 * Without `mod` nothing happens while somebody types, or a dialog is open. Of two components with the same keys the later one has them.
 * Null as `run` leaves it out.
 *
 * @example
 * useShortcut('r', { en: 'Revert', ko: '되돌리기' }, () => navigate({ to: revertPath(id) }))
 */
export function useShortcut(keys: string, phrase: Phrase, run: (() => void) | null): void {
  const { en, ko } = phrase
  const isOn = run !== null
  const onPress = useEffectEvent(() => run?.())
  useEffect(() => {
    if (!isOn) return
    return register({ keys, phrase: { en, ko }, run: () => onPress() })
  }, [keys, en, ko, isOn])
}

/** All shortcuts that work now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => shortcuts)
}

function register(shortcut: Shortcut): () => void {
  if (shortcuts.length === 0) document.addEventListener('keydown', onKeyDown)
  set([...shortcuts, shortcut])
  return () => {
    set(shortcuts.filter((each) => each !== shortcut))
    if (shortcuts.length === 0) document.removeEventListener('keydown', onKeyDown)
  }
}

function set(next: readonly Shortcut[]): void {
  shortcuts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return
  const key = pressedKey(event)
  if (key === null || (!key.startsWith('mod+') && isElsewhere(event))) return
  const now = Date.now()
  pressed = [...pressed.filter(({ at }) => now - at < togetherMs), { key, at: now }].slice(-3)
  const found = shortcuts.findLast(({ keys }) =>
    endsWith(
      pressed.map((each) => each.key),
      keys.toLowerCase(),
    ),
  )
  if (found === undefined) return
  pressed = []
  event.preventDefault()
  found.run()
}

/** Somebody types, or a dialog stands in front of what the shortcut is for. */
function isElsewhere({ target, isComposing }: KeyboardEvent): boolean {
  const element = target instanceof HTMLElement ? target : null
  if (isComposing || element?.isContentEditable === true) return true
  if (element?.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select') != null) return true
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}
