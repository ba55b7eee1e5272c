// What a page keeps in its address, as texts by name: every state can be pasted into a ticket.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Texts by name; null takes one out of the address. */
type SetTexts<Name extends string> = (change: Partial<Record<Name, string | null>>) => void

/** The texts that the address has under these names, and how to change them: the page stays the same step of the history. */
export function useUrlTexts<const Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, SetTexts<Name>] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | string[] | undefined>>
  const navigate = useNavigate()
  const set = useCallback<SetTexts<Name>>(
    (change) => {
      const next = (before: Record<string, unknown>) =>
        Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value != null))
      void navigate({ to: '.', search: next, replace: true, resetScroll: false })
    },
    [navigate],
  )
  const texts: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const given = search[name]
    const text = Array.isArray(given) ? given[0] : given
    if (text !== undefined && text !== '') texts[name] = text
  }
  return [texts, set]
}
