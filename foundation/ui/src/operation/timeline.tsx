// What happened, one operation below the other along a line.
import type { Operation } from '@steward/sdk'
import type { ReactNode } from 'react'
import { useWords } from '../language/language-provider.tsx'
import classes from './operation.module.css'
import { OperationLine } from './operation-line.tsx'
import { operationWords } from './operation-words.ts'

/**
 * A list of {@link TimelineEntry}, newest first. `label` names it for those who hear it.
 *
 * @example
 * <Timeline>{changes.map((change) => <TimelineEntry key={change.id} operation={change.operation} />)}</Timeline>
 */
export function Timeline({ label, children }: { label?: string | undefined; children: ReactNode }) {
  const words = useWords(operationWords)
  return (
    <ol className={classes.timeline} aria-label={label ?? words.timeline}>
      {children}
    </ol>
  )
}

/**
 * One operation, what it changed below it, and what can be done with it at its end.
 *
 * @example
 * <TimelineEntry operation={operation} actions={<RevertLink …>}><ChangedFields change={change} /></TimelineEntry>
 */
export function TimelineEntry(given: {
  operation: Operation
  summary?: ReactNode
  badges?: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  const { operation, summary, badges, children, actions } = given
  return (
    <li className={classes.entry} data-type={operation.actor.type}>
      <div className={classes.head}>
        <OperationLine operation={operation} summary={summary} badges={badges} />
        {actions !== undefined && <span className={classes.actions}>{actions}</span>}
      </div>
      <div className={classes.below}>{children}</div>
    </li>
  )
}
