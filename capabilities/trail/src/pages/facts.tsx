// Facts about one thing: a name and a value a line.
import type { ReactNode } from 'react'
import styles from './facts.module.css'

/** A fact; one whose value is null or undefined is left out. */
export type Fact = { label: string; value: ReactNode }

/** Facts, one a line; the names stand in a column of their own where there is room. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ label, value }) => (
          <div key={label} className={styles['fact']}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
