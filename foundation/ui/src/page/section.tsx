// A part of a page with its heading.
import { type ReactNode, useId } from 'react'
import classes from './section.module.css'

/**
 * A part of a page with its heading, framed by a hairline.
 *
 * @example
 * <Section title={words.changes} actions={<CopyButton text={text} />}>{…}</Section>
 */
export function Section({ title, actions, children }: { title?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const id = useId()
  const hasTitle = title !== undefined && title !== null
  const hasActions = actions !== undefined && actions !== null
  return (
    <section className={classes.section} {...(hasTitle ? { 'aria-labelledby': id } : {})}>
      {(hasTitle || hasActions) && (
        <div className={classes.head}>
          {hasTitle && (
            <h2 className={classes.title} id={id}>
              {title}
            </h2>
          )}
          {hasActions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      <div className={classes.body}>{children}</div>
    </section>
  )
}
