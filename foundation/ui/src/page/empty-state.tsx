// Where there is nothing yet: one sentence and the next step.
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

/**
 * Says that there is nothing here, why, and what to do next: one sentence and one button.
 *
 * @example
 * <EmptyState title={words.noInquiries} action={<SubmitButton …>}>{words.howToAsk}</EmptyState>
 */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && children !== null && <div className={classes.text}>{children}</div>}
      {action !== undefined && action !== null && <div className={classes.action}>{action}</div>}
    </div>
  )
}
