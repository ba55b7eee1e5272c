// A list of operations, one a row, through which j and k go.
import { useShortcut } from '@steward/ui'
import { type ReactNode, useCallback, useRef } from 'react'
import type { ListedOperation } from '../answers.ts'
import styles from './search.module.css'

const next = { en: 'Next operation', ko: '다음 작업' }
const previous = { en: 'Previous operation', ko: '이전 작업' }

type Given = {
  operations: readonly ListedOperation[]
  label: string
  children: (operation: ListedOperation) => ReactNode
}

/** Operations, newest first. j and k focus the link of a row, which Enter opens. */
export function OperationList({ operations, label, children }: Given) {
  const list = useRef<HTMLOListElement>(null)
  const move = useCallback((by: 1 | -1) => {
    const rows = [...(list.current?.children ?? [])]
    const now = rows.findIndex((row) => row.contains(document.activeElement))
    const place = now < 0 ? 0 : Math.min(Math.max(now + by, 0), rows.length - 1)
    rows[place]?.querySelector('a')?.focus()
  }, [])
  const down = useCallback(() => move(1), [move])
  const up = useCallback(() => move(-1), [move])
  useShortcut('j', next, down)
  useShortcut('k', previous, up)
  return (
    <ol ref={list} className={styles['list']} aria-label={label}>
      {operations.map((operation) => (
        <li key={operation.id} className={styles['row']}>
          {children(operation)}
        </li>
      ))}
    </ol>
  )
}
