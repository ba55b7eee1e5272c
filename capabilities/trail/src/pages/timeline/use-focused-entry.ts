// Which entry of the timeline the keyboard is at: j and k go through them, r reverts the one.
import { revertPath, useShortcut, useSteward } from '@steward/ui'
import { useNavigate } from '@tanstack/react-router'
import { type FocusEvent, type RefObject, useCallback, useRef, useState } from 'react'
import type { Entry } from './group-entries.ts'
import { timelineWords } from './timeline-words.ts'

const phraseOf = (name: 'next' | 'previous' | 'revertFocused') => ({
  en: timelineWords.en[name],
  ko: timelineWords.ko[name],
})
const phrases = { next: phraseOf('next'), previous: phraseOf('previous'), revert: phraseOf('revertFocused') }

type FocusedEntry = { list: RefObject<HTMLDivElement | null>; onFocus: (event: FocusEvent) => void }

/** Where an entry begins carries `data-entry` with its id, and can be focused. */
export function useFocusedEntry(entries: readonly Entry[]): FocusedEntry {
  const list = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const { may } = useSteward()
  const navigate = useNavigate()
  const move = useCallback(
    (by: 1 | -1) => {
      const places = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
      const now = places.findIndex(({ dataset }) => dataset['entry'] === focused)
      const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), places.length - 1)
      places[next]?.focus()
    },
    [focused],
  )
  const down = useCallback(() => move(1), [move])
  const up = useCallback(() => move(-1), [move])
  const operation = entries.find(({ id }) => id === focused)?.operation
  const revert = useCallback(() => {
    if (operation !== undefined) void navigate({ to: revertPath(operation.id) })
  }, [navigate, operation])
  useShortcut('j', phrases.next, down)
  useShortcut('k', phrases.previous, up)
  useShortcut('r', phrases.revert, operation !== undefined && may('trail:revert') ? revert : null)
  const onFocus = useCallback((event: FocusEvent) => {
    const entry = (event.target as HTMLElement).closest<HTMLElement>('[data-entry]')
    if (entry !== null) setFocused(entry.dataset['entry'] ?? null)
  }, [])
  return { list, onFocus }
}
