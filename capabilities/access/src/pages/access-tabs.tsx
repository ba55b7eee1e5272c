// The way between people, keys and sessions.
import { Tabs } from '@mantine/core'
import { useSteward, useWords } from '@steward/ui'
import { useNavigate } from '@tanstack/react-router'
import { accessWords } from './access-words.ts'

type Part = 'people' | 'keys' | 'sessions'

const permissions: Readonly<Record<Part, string>> = {
  people: 'access:list-people',
  keys: 'access:list-keys',
  sessions: 'access:list-sessions',
}

/** Tabs of the parts that the person may see. */
export function AccessTabs({ part }: { part: Part }) {
  const words = useWords(accessWords)
  const { may } = useSteward()
  const navigate = useNavigate()
  const shown = (Object.keys(permissions) as Part[]).filter((each) => may(permissions[each]))
  if (shown.length === 0) return null
  return (
    <Tabs value={part} onChange={(chosen) => void navigate({ to: `/access/${chosen ?? part}` })} mb="md">
      <Tabs.List aria-label={words.accessParts}>
        {shown.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {words[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
