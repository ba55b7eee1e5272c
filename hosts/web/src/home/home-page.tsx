// Home: one search box, and below it what waits and what has happened.
import { Anchor, Group, Text } from '@mantine/core'
import { Place, useTitle, useWords } from '@steward/ui'
import { Link, useNavigate, useSearch as useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type OpenedPage, openedPages } from '../search/opened-pages.ts'
import { SearchBox } from '../search/search-box.tsx'
import styles from './home-page.module.css'
import { homeWords } from './home-words.ts'

/** Typing is not slowed down by the address. */
const pauseMs = 250

const nothing = {}

export default function HomePage() {
  const words = useWords(homeWords)
  const [text, setText] = useAddressedText()
  const [opened] = useState(openedPages)
  useTitle(words.home)
  return (
    <div className={styles['home']}>
      <div className={styles['question']}>
        <h1 className={styles['title']} tabIndex={-1}>
          {words.question}
        </h1>
        <SearchBox text={text} onText={setText} isLarge />
        {text === '' && opened.length > 0 && <Opened pages={opened} />}
      </div>
      {text === '' && (
        <div className={styles['columns']}>
          <div>
            <Place name="home.attention" given={nothing} />
          </div>
          <div>
            <Place name="home.recent" given={nothing} />
          </div>
        </div>
      )}
    </div>
  )
}

function Opened({ pages }: { pages: readonly OpenedPage[] }) {
  const words = useWords(homeWords)
  return (
    <Group gap="xs" mt="xs" component="nav" aria-label={words.opened}>
      <Text size="xs" c="dimmed">
        {words.opened}
      </Text>
      {pages.slice(0, 5).map(({ path, label }) => (
        <Anchor key={path} component={Link} to={path} size="xs" maw={220} truncate>
          {label}
        </Anchor>
      ))}
    </Group>
  )
}

/** The text of the box, which stands in the address as `?q=`: it can be pasted, and Back brings it again. */
function useAddressedText(): [string, (text: string) => void] {
  const { q = '' } = useParams({ strict: false }) as { q?: string | string[] }
  const addressed = typeof q === 'string' ? q : (q[0] ?? '')
  const navigate = useNavigate()
  const [typed, setTyped] = useState(addressed)
  const [told, setTold] = useState(addressed)
  // Another address than the one that was last written here: somebody went back, or followed a link.
  if (addressed !== told) {
    setTold(addressed)
    setTyped(addressed)
  }
  useEffect(() => {
    if (typed === addressed) return
    const timer = setTimeout(() => {
      setTold(typed)
      void navigate({ to: '/', search: typed === '' ? {} : { q: typed }, replace: true, resetScroll: false })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed, addressed, navigate])
  return [typed, setTyped]
}
