// The one search box: typed text above, what was found below, chosen with the arrows and opened with Enter.
import { Kbd, Loader, TextInput } from '@mantine/core'
import { useWords } from '@steward/ui'
import { IconArrowDown, IconArrowUp, IconCornerDownLeft, IconSearch } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { goTo } from '../routes/go-to.ts'
import { type FoundGroup, stepTo } from './merge-found.ts'
import styles from './search-box.module.css'
import { optionId, SearchResults } from './search-results.tsx'
import { searchWords } from './search-words.ts'
import { useSearch } from './use-search.ts'

/** What the box is given: its text, where else one could go, and what to do when somebody goes. */
export type SearchBoxProps = {
  text: string
  onText: (text: string) => void
  /** Shown beside what was found: pages of the menu, what was opened lately. */
  others?: readonly FoundGroup[]
  onGo?: () => void
  isLarge?: boolean
  inputRef?: RefObject<HTMLInputElement | null>
}

/** A combobox over everything that can be found. */
export function SearchBox({ text, onText, others = [], onGo, isLarge = false, inputRef }: SearchBoxProps) {
  const words = useWords(searchWords)
  const router = useRouter()
  const id = useId()
  const search = useSearch(text)
  const [picked, setPicked] = useState<string | null>(null)
  const groups = [...search.groups, ...others]
  const items = groups.flatMap((group) => group.items)
  const options = items.map(({ option }) => option)
  // The first one is chosen already: Enter alone opens it.
  const chosen = picked !== null && options.includes(picked) ? picked : (options[0] ?? null)

  const open = (option: string | null) => {
    const item = items.find((each) => each.option === option)
    if (item === undefined) return
    onGo?.()
    void router.navigate({ to: item.path }).catch(() => goTo(router, item.path))
  }
  const press = (event: KeyboardEvent) => {
    // Enter ends a syllable of Korean, too.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setPicked(stepTo(options, chosen, event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(chosen)
    } else if (event.key === 'Escape' && text !== '' && onGo === undefined) {
      onText('')
    }
  }
  const hasList = options.length > 0
  return (
    <search className={styles['box']}>
      <TextInput
        ref={inputRef}
        size={isLarge ? 'lg' : 'md'}
        type="search"
        name="q"
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        rightSection={search.isBusy && text !== '' ? <Loader size={16} aria-label={words.searching} /> : null}
        placeholder={words.placeholder}
        aria-label={words.label}
        role="combobox"
        aria-expanded={hasList}
        aria-autocomplete="list"
        aria-controls={hasList ? id : undefined}
        aria-activedescendant={chosen === null ? undefined : optionId(id, chosen)}
        value={text}
        onChange={({ currentTarget }) => {
          setPicked(null)
          onText(currentTarget.value)
        }}
        onKeyDown={press}
        autoFocus
        data-autofocus
      />
      <SearchResults id={id} search={search} groups={groups} chosen={chosen} onOpen={open} onPoint={setPicked} />
      {hasList && (
        <div className={styles['hints']} aria-hidden>
          <Key icon={IconArrowUp} />
          <Key icon={IconArrowDown} />
          <span>{words.hintMove}</span>
          <Key icon={IconCornerDownLeft} />
          <span>{words.hintOpen}</span>
        </div>
      )}
      <span className={styles['said']} role="status">
        {search.text === '' || search.isBusy
          ? ''
          : words.found({ count: search.groups.flatMap((each) => each.items).length })}
      </span>
    </search>
  )
}

function Key({ icon: Icon }: { icon: typeof IconArrowUp }) {
  return (
    <Kbd size="xs">
      <Icon size={11} stroke={2} />
    </Kbd>
  )
}
