// A link to another page of the back office.
import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/**
 * A link to another page of the back office, by its path. It is as large as the text around it.
 *
 * @example
 * <PageLink to={operationPath(id)}>{words.seeOperation}</PageLink>
 */
export function PageLink({ to, children, ...more }: { to: string; children: ReactNode } & AnchorProps) {
  return (
    <Anchor component={Link} to={to} inherit {...more}>
      {children}
    </Anchor>
  )
}
