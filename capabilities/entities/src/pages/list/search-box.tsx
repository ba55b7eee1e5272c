// The search box of a list: what is typed stands in the address a moment after the last key.
import { TextInput } from '@mantine/core'
import { usePhrase, useShortcut, useWords } from '@steward/ui'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { listWords } from './list-words.ts'
import type { List } from './use-list.ts'

const phrase = { en: 'Search this list', ko: '이 목록에서 검색' }
const pauseMs = 300

export function SearchBox({ list: { entity, state, show } }: { list: List }) {
  const words = useWords(listWords)
  const say = usePhrase()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(state.search)
  const sent = useRef(state.search)
  useShortcut(
    's',
    phrase,
    useCallback(() => input.current?.focus(), []),
  )
  useEffect(() => {
    // What the address says wins where it was changed by somebody else, as by going back.
    if (state.search !== sent.current) {
      sent.current = state.search
      setText(state.search)
    }
  }, [state.search])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      show({ search: text })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text, show])
  const label = words.search({ entity: say(entity.label) })
  return (
    <TextInput
      ref={input}
      w={{ base: '100%', xs: 260 }}
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} stroke={1.5} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}
