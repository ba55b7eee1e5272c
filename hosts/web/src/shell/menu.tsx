// The menu: a rail beside the page, a bar below it on a phone.
import { Menu as Dropdown } from '@mantine/core'
import { useWords } from '@steward/ui'
import { IconDots, IconHome } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import styles from './shell.module.css'
import { shellWords } from './shell-words.ts'
import { entryOf, type ShownEntry } from './shown-entries.ts'

/** So many stand in the bar of a phone before the rest goes behind one more. */
const mostInBar = 4

/** The home page as an entry. */
const home = { path: '/', icon: IconHome, order: 0 }

function useEntries(entries: readonly ShownEntry[]): { all: ShownEntry[]; current: string | null } {
  const words = useWords(shellWords)
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const first: ShownEntry = { ...home, label: { en: words.home, ko: words.home }, text: words.home }
  const all = [first, ...entries]
  return {
    all,
    current: entryOf(
      all.map((each) => each.path),
      path,
    ),
  }
}

/** Beside the page. */
export function Rail({ entries }: { entries: readonly ShownEntry[] }) {
  const words = useWords(shellWords)
  const { all, current } = useEntries(entries)
  return (
    <nav className={styles['rail']} aria-label={words.menu}>
      <ul>
        {all.map((entry) => (
          <li key={entry.path}>
            <EntryLink entry={entry} isCurrent={entry.path === current} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Below the page. */
export function BottomBar({ entries }: { entries: readonly ShownEntry[] }) {
  const words = useWords(shellWords)
  const { all, current } = useEntries(entries)
  const shown = all.length > mostInBar + 1 ? all.slice(0, mostInBar) : all
  const rest = all.slice(shown.length)
  return (
    <nav className={styles['bar']} aria-label={words.menu}>
      <ul>
        {shown.map((entry) => (
          <li key={entry.path}>
            <EntryLink entry={entry} isCurrent={entry.path === current} />
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <Dropdown position="top-end" withinPortal>
              <Dropdown.Target>
                <button
                  type="button"
                  className={styles['entry']}
                  data-current={rest.some(({ path }) => path === current) || undefined}
                >
                  <IconDots size={20} stroke={1.6} aria-hidden />
                  <span>{words.more}</span>
                </button>
              </Dropdown.Target>
              <Dropdown.Dropdown>
                {rest.map(({ path, text, icon: Icon }) => (
                  <Dropdown.Item key={path} component={Link} to={path} leftSection={<Icon size={18} stroke={1.6} />}>
                    {text}
                  </Dropdown.Item>
                ))}
              </Dropdown.Dropdown>
            </Dropdown>
          </li>
        )}
      </ul>
    </nav>
  )
}

function EntryLink({ entry, isCurrent }: { entry: ShownEntry; isCurrent: boolean }) {
  const { path, text, icon: Icon, useCount } = entry
  return (
    <Link
      to={path}
      className={styles['entry']}
      aria-current={isCurrent ? 'page' : undefined}
      data-current={isCurrent || undefined}
    >
      <Icon size={20} stroke={1.6} />
      <span>{text}</span>
      {useCount !== undefined && <Count useCount={useCount} />}
    </Link>
  )
}

/** A component of its own: the hook of one entry must not move with the others. */
function Count({ useCount }: { useCount: () => number | null }) {
  const words = useWords(shellWords)
  const count = useCount()
  if (count === null || count === 0) return null
  return (
    <span className={styles['count']} title={words.waiting({ count })}>
      {count > 99 ? '99+' : count}
    </span>
  )
}
