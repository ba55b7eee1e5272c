// What a page keeps in its address: texts by name, so that every state can be pasted into a ticket.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { textsOf } from './texts-of.ts'

/** Sets some of them; null takes one out of the address. The page stays the same step of the browser's history. */
export type SetTexts<Name extends string> = (change: Partial<Record<Name, string | null>>) => void

/** The texts that the address has under these names, and how to change them. */
export function useUrlTexts<const Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, SetTexts<Name>] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const set = useCallback<SetTexts<Name>>(
    (change) => {
      const next = (before: Record<string, unknown>) =>
        Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value != null))
      void navigate({ to: '.', search: next, replace: true, resetScroll: false })
    },
    [navigate],
  )
  return [textsOf(search, names), set]
}
