// What is open above a record, as the address says it: its form, one of its fields, or its removal.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/** What is open, and how to open and close it. */
export type Panel = {
  open: { kind: 'edit'; column: string } | { kind: 'delete' } | null
  edit: (column: string) => void
  remove: () => void
  close: () => void
}

/** The panel that the address names: `?edit=status`, `?delete=1`. */
export function usePanel(): Panel {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const asked = search['edit']
  const column = typeof asked === 'string' || typeof asked === 'number' ? String(asked) : null
  const isRemoval = search['delete'] !== undefined
  const go = useCallback(
    (more: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          edit: undefined,
          delete: undefined,
          ...more,
        }),
      }),
    [navigate],
  )
  return useMemo(
    () => ({
      open: column !== null ? { kind: 'edit', column } : isRemoval ? { kind: 'delete' } : null,
      edit: (name) => go({ edit: name }),
      remove: () => go({ delete: 1 }),
      close: () => go({}),
    }),
    [column, isRemoval, go],
  )
}
