// An answer of the server, or what stands for it while it is on the way or has failed.
import type { ReactNode } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { ErrorNotice } from './error-notice.tsx'
import classes from './loading.module.css'
import { LoadingRows } from './loading.tsx'
import { pageWords } from './page-words.ts'

/** What TanStack Query knows of a question; its pages of a list, too. */
export type Asked<Data> = {
  readonly data: Data | undefined
  readonly isError: boolean
  readonly error: unknown
  readonly refetch: () => unknown
}

/**
 * Shows what was asked for as soon as it is there; before that `loading` (rows unless given), and what went wrong, if anything did. What
 * could not be refreshed stays, and says so.
 *
 * @example
 * <Loaded query={useQuery(…)}>{(orders) => <DataTable rows={orders} … />}</Loaded>
 */
export function Loaded<Data>(given: { query: Asked<Data>; loading?: ReactNode; children: (data: Data) => ReactNode }) {
  const { query, loading = <LoadingRows />, children } = given
  const words = useWords(pageWords)
  const { data, isError, error } = query
  if (data !== undefined) {
    return (
      <>
        {isError && (
          <p className={classes.stale} role="status">
            {words.notRefreshed}
          </p>
        )}
        {children(data)}
      </>
    )
  }
  return isError ? <ErrorNotice error={error} onRetry={() => void query.refetch()} /> : loading
}
