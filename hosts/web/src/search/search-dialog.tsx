// ⌘K: the search box above every page, with the pages of the menu and what was opened lately.
import { Modal } from '@mantine/core'
import { useShortcut, useWords } from '@steward/ui'
import { useCallback, useState } from 'react'
import type { ShownEntry } from '../shell/shown-entries.ts'
import type { FoundGroup } from './merge-found.ts'
import { openedPages } from './opened-pages.ts'
import { SearchBox } from './search-box.tsx'
import { searchWords } from './search-words.ts'

const pages = { en: searchWords.en.pages, ko: searchWords.ko.pages }
const opened = { en: searchWords.en.opened, ko: searchWords.ko.opened }
const shortcut = { en: searchWords.en.search, ko: searchWords.ko.search }

type Given = { isOpen: boolean; onOpen: () => void; onClose: () => void; entries: readonly ShownEntry[] }

/** The dialog, and the shortcut that opens it. */
export function SearchDialog({ isOpen, onOpen, onClose, entries }: Given) {
  const words = useWords(searchWords)
  useShortcut('mod+k', shortcut, onOpen)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={false}
      aria-label={words.search}
      size="lg"
      padding="sm"
      yOffset="10vh"
      returnFocus
    >
      <Inside entries={entries} onClose={onClose} />
    </Modal>
  )
}

/** Made anew each time, with an empty box. */
function Inside({ entries, onClose }: Pick<Given, 'entries' | 'onClose'>) {
  const [text, setText] = useState('')
  const [recent] = useState(openedPages)
  const others = useCallback(() => othersFor(text, entries, recent), [text, entries, recent])
  return <SearchBox text={text} onText={setText} others={others()} onGo={onClose} />
}

/** Pages whose name has the text in it, in either language; without a text all, after what was opened lately. */
function othersFor(text: string, entries: readonly ShownEntry[], recent: ReturnType<typeof openedPages>): FoundGroup[] {
  const wanted = text.trim().toLowerCase()
  const fits = (...names: string[]) => names.some((name) => name.toLowerCase().includes(wanted))
  const lately = recent
    .filter(({ label }) => wanted === '' || fits(label))
    .map(({ path, label }) => ({ id: path, option: `opened${path}`, label, detail: null, group: null, path }))
  const named = entries
    .filter(({ label }) => wanted === '' || fits(label.en, label.ko))
    .map(({ path, text: label }) => ({ id: path, option: `page${path}`, label, detail: null, group: null, path }))
  return [
    { id: 'opened', label: opened, items: lately },
    { id: 'pages', label: pages, items: named },
  ].filter(({ items }) => items.length > 0)
}
