// The list of shortcuts behind `?`.
import { Kbd, Modal } from '@mantine/core'
import { useState } from 'react'
import { usePhrase, useWords } from '../language/language-provider.tsx'
import { keyCaps } from './read-keys.ts'
import classes from './shortcut-list.module.css'
import { shortcutWords } from './shortcut-words.ts'
import { type Shortcut, useShortcut, useShortcuts } from './use-shortcut.ts'

const phrase = { en: 'Keyboard shortcuts', ko: '키보드 단축키' }

/**
 * Opens with `?` and lists every shortcut that works on the page; the frame holds one.
 *
 * @example
 * <ShortcutList />
 */
export function ShortcutList() {
  const words = useWords(shortcutWords)
  const [isOpen, setOpen] = useState(false)
  useShortcut('?', phrase, () => setOpen(true))
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={words.title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {isOpen && <Listed />}
    </Modal>
  )
}

function Listed() {
  const say = usePhrase()
  const shortcuts = useShortcuts()
  // Of two with the same keys the later one has them.
  const byKeys = new Map(shortcuts.map((each): [string, Shortcut] => [each.keys, each]))
  return (
    <dl className={classes.list}>
      {[...byKeys.values()].map(({ keys, phrase: each }) => (
        <div key={keys} className={classes.row}>
          <dt>{say(each)}</dt>
          <dd className={classes.keys}>
            <Keys keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Keys({ keys }: { keys: string }) {
  const words = useWords(shortcutWords)
  const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)
  return keyCaps(keys, isMac).map((caps, at) => (
    <span key={caps.join('+')} className={classes.keys}>
      {at > 0 && <span className={classes.then}>{words.then}</span>}
      {caps.map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  ))
}
