// One's own account: looks, password, and where one is signed in.
import { Alert, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { PageHeader, Section, useLanguage, useSteward, useTitle, useWords } from '@steward/ui'
import { useId } from 'react'
import { accountWords } from './account-words.ts'
import { ChangePassword } from './change-password.tsx'
import { OwnSessions } from './own-sessions.tsx'

/** Each in its own words. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'ko', label: '한국어' },
]

export default function AccountPage() {
  const words = useWords(accountWords)
  const { whoami } = useSteward()
  useTitle(words.title)
  return (
    <Stack gap="xl" maw={760}>
      <PageHeader title={whoami.actor.name || whoami.actor.id} detail={words.detail({ role: whoami.role })} />
      {!whoami.isSignedIn && (
        <Alert variant="light" color="gray">
          {words.localPerson}
        </Alert>
      )}
      {whoami.isSignedIn && (
        <>
          <Section title={words.password}>
            <ChangePassword />
          </Section>
          <Section title={words.sessions}>
            <OwnSessions />
          </Section>
        </>
      )}
      <Section title={words.looks}>
        <Looks />
      </Section>
    </Stack>
  )
}

function Looks() {
  const words = useWords(accountWords)
  const { language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const id = useId()
  const schemes = [
    { value: 'auto', label: words.auto },
    { value: 'light', label: words.light },
    { value: 'dark', label: words.dark },
  ]
  return (
    <Stack gap="md" align="flex-start">
      <Text id={`${id}-language`} size="sm" fw={500} mb={-8}>
        {words.language}
      </Text>
      <SegmentedControl
        aria-labelledby={`${id}-language`}
        data={languages}
        value={language}
        onChange={(chosen) => setLanguage(chosen === 'ko' ? 'ko' : 'en')}
      />
      <Text id={`${id}-colours`} size="sm" fw={500} mb={-8}>
        {words.colours}
      </Text>
      <SegmentedControl
        aria-labelledby={`${id}-colours`}
        data={schemes}
        value={colorScheme}
        onChange={(chosen) => setColorScheme(chosen === 'light' || chosen === 'dark' ? chosen : 'auto')}
      />
    </Stack>
  )
}
