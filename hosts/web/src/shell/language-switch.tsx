// Switches between the languages, each named in its own.
import { Button } from '@mantine/core'
import { useLanguage, useWords } from '@steward/ui'
import { shellWords } from './shell-words.ts'

/** A button with the name of the other language. */
export function LanguageSwitch() {
  const words = useWords(shellWords)
  const { language, setLanguage } = useLanguage()
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={other}
      aria-label={words.language}
      onClick={() => setLanguage(other)}
    >
      {words.languageOther}
    </Button>
  )
}
