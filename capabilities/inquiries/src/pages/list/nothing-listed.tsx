// What stands where the list is empty: what to do next.
import { Button } from '@mantine/core'
import { EmptyState, PageLink, useWords } from '@steward/ui'
import type { Tab } from './list-filter.ts'
import { listWords } from './list-words.ts'

/** One sentence and one way on, by what was looked for. */
export function NothingListed({ tab, isSearch, onTab }: { tab: Tab; isSearch: boolean; onTab: (tab: Tab) => void }) {
  const words = useWords(listWords)
  const toTab = (to: Tab, label: string) => (
    <Button variant="default" onClick={() => onTab(to)}>
      {label}
    </Button>
  )
  if (isSearch) {
    return (
      <EmptyState title={words.noneFound} action={tab === 'all' ? undefined : toTab('all', words.showAll)}>
        {words.noneFoundHint}
      </EmptyState>
    )
  }
  if (tab === 'mine') {
    return (
      <EmptyState title={words.nothingMine} action={toTab('open', words.seeOpen)}>
        {words.nothingMineHint}
      </EmptyState>
    )
  }
  const titles = {
    open: words.nothingOpen,
    taken: words.nothingTaken,
    asked: words.nothingAsked,
    answered: words.nothingAnswered,
    all: words.nothingYet,
  }
  return (
    <EmptyState title={titles[tab]} action={<PageLink to="/">{words.findRecord}</PageLink>}>
      {words.howToAsk}
    </EmptyState>
  )
}
