// The way past the menu, for who goes through a page by keyboard, and where it leads.
import { useWords } from '@steward/ui'
import type { ReactNode } from 'react'
import styles from './shell.module.css'
import { shellWords } from './shell-words.ts'

const target = 'page'

/** Seen when it has the focus; the first thing on every page. */
export function SkipLink() {
  const words = useWords(shellWords)
  const skip = () => document.getElementById(target)?.focus()
  return (
    <button type="button" className={styles['skip']} onClick={skip}>
      {words.skip}
    </button>
  )
}

/** The page itself. */
export function SkipTarget({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return (
    <main id={target} tabIndex={-1} className={className}>
      {children}
    </main>
  )
}
