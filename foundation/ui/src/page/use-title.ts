// What the browser's tab says.
import { useEffect } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { pageWords } from './page-words.ts'

/** Lets the browser's tab say what the page is; null says nothing yet. */
export function useTitle(text: string | null | undefined): void {
  const { serviceName } = useWords(pageWords)
  useEffect(() => {
    if (text != null) document.title = `${text} · ${serviceName}`
  }, [text, serviceName])
}
