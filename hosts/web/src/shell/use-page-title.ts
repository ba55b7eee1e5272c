// What the browser's tab says until the page says it better.
import { type Phrase, usePhrase, useSteward } from '@steward/ui'
import { useMatches } from '@tanstack/react-router'
import { useLayoutEffect } from 'react'

/** The title of the route, beside the service; pages put their own in its place with `useTitle`. */
export function usePageTitle(): void {
  const say = usePhrase()
  const { whoami } = useSteward()
  const title = useMatches({
    select: (matches) => titleOf(matches.at(-1)?.staticData),
  })
  // Before the effects of the page that is shown next.
  useLayoutEffect(() => {
    document.title = title === null ? whoami.service.name : `${say(title)} · ${whoami.service.name}`
  }, [title, say, whoami.service.name])
}

function titleOf(given: { title?: Phrase } | undefined): Phrase | null {
  return given?.title ?? null
}
