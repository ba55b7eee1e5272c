// Which language is spoken: what the person chose, else what the browser asks for.
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { PhraseBook, Translated, Words } from './define-words.ts'
import type { Language, Phrase } from './language.ts'

const storageKey = 'steward.language'

type Spoken = { language: Language; setLanguage: (language: Language) => void }

const LanguageContext = createContext<Spoken>({ language: 'en', setLanguage: () => undefined })

/** Lets everything below speak one language, and remembers the choice in this browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setChosen] = useState(firstLanguage)
  const setLanguage = useCallback((chosen: Language) => {
    setChosen(chosen)
    try {
      localStorage.setItem(storageKey, chosen)
    } catch {
      // It holds until the page is left.
    }
  }, [])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo(() => ({ language, setLanguage }), [language, setLanguage])
  return <LanguageContext value={spoken}>{children}</LanguageContext>
}

/** The language that is spoken, and how to choose another. */
export function useLanguage(): Spoken {
  return use(LanguageContext)
}

/**
 * The words of a room in the language that is spoken.
 *
 * @example
 * const { title } = useWords(ordersWords)
 */
export function useWords<Book extends PhraseBook>(words: Words<Book>): Translated<Book> {
  return words[use(LanguageContext).language]
}

/** A phrase that the server or a capability gave in both languages, in the one that is spoken. */
export function usePhrase(): (phrase: Phrase) => string {
  const { language } = use(LanguageContext)
  return useCallback((phrase: Phrase) => phrase[language], [language])
}

function firstLanguage(): Language {
  const chosen = remembered()
  if (chosen === 'en' || chosen === 'ko') return chosen
  // The first that we speak: somebody who reads English before Korean is spoken to in English.
  return navigator.languages.find((each) => /^(ko|en)\b/i.test(each))?.startsWith('ko') === true ? 'ko' : 'en'
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    // A browser that keeps nothing for pages is asked each time.
    return null
  }
}
