// Switches between light and dark.
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useWords } from '@steward/ui'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { shellWords } from './shell-words.ts'

/** A button that says what it will do; at first the system decides. */
export function SchemeSwitch() {
  const words = useWords(shellWords)
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  const label = isDark ? words.light : words.dark
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} stroke={1.6} aria-hidden /> : <IconMoon size={18} stroke={1.6} aria-hidden />}
    </ActionIcon>
  )
}
