// The head of a page: where it is, what it is, and what can be done.
import type { ReactNode } from 'react'
import { useWords } from '../language/language-provider.tsx'
import classes from './page-header.module.css'
import { PageLink } from './page-link.tsx'
import { pageWords } from './page-words.ts'

/**
 * The head of a page. `path` are the pages above it, `detail` is one sentence below the title, `actions` are its buttons.
 *
 * @example
 * <PageHeader title="#10482" path={[{ label: 'Orders', to: '/entities/orders' }]} actions={<SubmitButton …>} />
 */
export function PageHeader(given: {
  title: ReactNode
  path?: readonly { label: string; to: string }[] | undefined
  detail?: ReactNode
  actions?: ReactNode
}) {
  const { title, path = [], detail, actions } = given
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>
          {path.length > 0 && <Path path={path} />}
          <span>{title}</span>
        </h1>
        {detail !== undefined && detail !== null && <div className={classes.detail}>{detail}</div>}
      </div>
      {actions !== undefined && actions !== null && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

function Path({ path }: { path: readonly { label: string; to: string }[] }) {
  const words = useWords(pageWords)
  return (
    <nav className={classes.path} aria-label={words.path}>
      {path.map(({ label, to }) => (
        <span key={to}>
          <PageLink to={to} className={classes.above}>
            {label}
          </PageLink>
          <span className={classes.slash} aria-hidden>
            {'/'}
          </span>
        </span>
      ))}
    </nav>
  )
}
