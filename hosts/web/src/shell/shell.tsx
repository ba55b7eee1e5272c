// The frame around every page: which environment, which service, the search, the menu, who looks.
import { Alert, Kbd, UnstyledButton } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { EnvironmentMark, ShortcutList, usePhrase, useSteward, useWords } from '@steward/ui'
import { IconSearch, IconWifiOff } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useFrame } from '../frame-provider.tsx'
import { SearchDialog } from '../search/search-dialog.tsx'
import { Gate } from '../session/gate.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { BottomBar, Rail } from './menu.tsx'
import { Notices } from './notices.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import styles from './shell.module.css'
import { shellWords } from './shell-words.ts'
import { shownEntries } from './shown-entries.ts'
import { SkipLink, SkipTarget } from './skip-link.tsx'
import { useHeadingFocus } from './use-heading-focus.ts'
import { useLiveQueries } from './use-live-queries.ts'
import { usePageTitle } from './use-page-title.ts'

/** Every page behind the door. */
export function Shell() {
  return (
    <Gate>
      <Inside />
    </Gate>
  )
}

function Inside() {
  const { capabilities } = useFrame()
  const { may } = useSteward()
  const say = usePhrase()
  const [isSearching, setSearching] = useState(false)
  const openSearch = useCallback(() => setSearching(true), [])
  const closeSearch = useCallback(() => setSearching(false), [])
  const entries = useMemo(
    () => shownEntries(capabilities, may).map((entry) => ({ ...entry, text: say(entry.label) })),
    [capabilities, may, say],
  )
  usePageTitle()
  useHeadingFocus()
  useLiveQueries()
  return (
    <div className={styles['frame']}>
      <SkipLink />
      <Header onSearch={openSearch} />
      <Rail entries={entries} />
      <SkipTarget className={styles['page']}>
        <Offline />
        <Outlet />
      </SkipTarget>
      <BottomBar entries={entries} />
      <SearchDialog isOpen={isSearching} onOpen={openSearch} onClose={closeSearch} entries={entries} />
      <ShortcutList />
      <Notices />
    </div>
  )
}

function Header({ onSearch }: { onSearch: () => void }) {
  const words = useWords(shellWords)
  const { whoami } = useSteward()
  const { name, environment } = whoami.service
  const isHome = useRouterState({ select: ({ location }) => location.pathname === '/' })
  return (
    <header className={styles['header']} data-environment={environment ?? undefined}>
      <div className={styles['service']}>
        <EnvironmentMark environment={environment} />
        <Link to="/" className={styles['name']}>
          {name}
        </Link>
      </div>
      {/* The home page is a search box itself; the shortcut works there, too. */}
      <UnstyledButton
        className={styles['search']}
        data-hidden={isHome || undefined}
        onClick={onSearch}
        aria-label={words.search}
        aria-keyshortcuts="Meta+K Control+K"
      >
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span>{words.openSearch}</span>
        <Kbd size="xs" aria-hidden>
          {isMac() ? '⌘K' : 'Ctrl K'}
        </Kbd>
      </UnstyledButton>
      <div className={styles['tools']}>
        <LanguageSwitch />
        <SchemeSwitch />
        <PersonMenu />
      </div>
    </header>
  )
}

function Offline() {
  const words = useWords(shellWords)
  const { online } = useNetwork()
  if (online) return null
  return (
    <Alert color="yellow" variant="light" role="status" mb="md" icon={<IconWifiOff size={18} aria-hidden />}>
      {words.offline}
    </Alert>
  )
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
