// Where an address leads nowhere.
import { EmptyState, PageHeader, PageLink, useTitle, useWords } from '@steward/ui'
import { routeWords } from './route-words.ts'

/** Says that there is no such page, and where to go instead. */
export function NotFoundPage() {
  const words = useWords(routeWords)
  useTitle(words.notFound)
  return (
    <>
      <PageHeader title={words.notFound} />
      <EmptyState title={words.notFoundWhy} action={<PageLink to="/">{words.toSearch}</PageLink>} />
    </>
  )
}
