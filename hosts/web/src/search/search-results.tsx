// What was found, grouped; or why there is nothing.
import { Alert, Text } from '@mantine/core'
import { usePhrase, useWords } from '@steward/ui'
import type { FoundGroup, FoundItem } from './merge-found.ts'
import styles from './search-box.module.css'
import { searchWords } from './search-words.ts'
import type { Search } from './use-search.ts'

type Given = {
  id: string
  search: Search
  groups: readonly FoundGroup[]
  chosen: string | null
  onOpen: (option: string) => void
  onPoint: (option: string) => void
}

/** The list below the box. */
export function SearchResults({ id, search, groups, chosen, onOpen, onPoint }: Given) {
  const words = useWords(searchWords)
  const isNothing = search.text !== '' && !search.isBusy && search.groups.length === 0
  return (
    <>
      {search.failed.length > 0 && search.text !== '' && (
        <Alert color="yellow" variant="light" mt="xs" py={6}>
          {words.failed({ sources: search.failed.join(', ') })}
        </Alert>
      )}
      {isNothing && search.failed.length === 0 && (
        <div className={styles['nothing']}>
          <Text fw={600}>{words.nothing({ text: search.text })}</Text>
          <Text size="sm" c="dimmed">
            {words.nothingHint}
          </Text>
        </div>
      )}
      {groups.length > 0 && (
        <div id={id} role="listbox" aria-label={words.results} className={styles['list']}>
          {groups.map((group) => (
            <Group key={group.id} group={group} id={id} chosen={chosen} onOpen={onOpen} onPoint={onPoint} />
          ))}
        </div>
      )}
    </>
  )
}

function Group({ group, id, ...more }: { group: FoundGroup } & Pick<Given, 'id' | 'chosen' | 'onOpen' | 'onPoint'>) {
  const say = usePhrase()
  return (
    <div role="group" aria-labelledby={optionId(id, group.id)} className={styles['group']}>
      <div id={optionId(id, group.id)} className={styles['label']}>
        {say(group.label)}
      </div>
      {group.items.map((item) => (
        <Option key={item.option} item={item} id={id} {...more} />
      ))}
    </div>
  )
}

function Option({
  item,
  id,
  chosen,
  onOpen,
  onPoint,
}: { item: FoundItem } & Pick<Given, 'id' | 'chosen' | 'onOpen' | 'onPoint'>) {
  const isChosen = item.option === chosen
  return (
    <div
      id={optionId(id, item.option)}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      ref={isChosen ? intoView : undefined}
      className={styles['option']}
      onClick={() => onOpen(item.option)}
      onMouseMove={() => {
        if (!isChosen) onPoint(item.option)
      }}
    >
      <span className={styles['name']}>{item.label}</span>
      {item.detail !== null && <span className={styles['detail']}>{item.detail}</span>}
    </div>
  )
}

/** A name in the document must have no spaces. */
export function optionId(list: string, option: string): string {
  return `${list}-${encodeURIComponent(option)}`
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
