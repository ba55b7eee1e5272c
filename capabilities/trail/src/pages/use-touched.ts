// To what an operation of a list was done: "14 orders, 31 items".
import { summaryOf, useLanguage, useMeta, useWords } from '@steward/ui'
import type { ListedOperation } from './answers.ts'
import { searchWords } from './search/search-words.ts'

/** How many records of which entities; nothing where it changed none, or nobody asked. */
export function useTouched(): (operation: ListedOperation) => string | undefined {
  const words = useWords(searchWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  return ({ touched = [] }) => {
    const summary = summaryOf(
      touched.map(({ entity, records }) => ({ entity, count: records })),
      meta,
      language,
    )
    if (summary === '') return undefined
    return touched.some(({ isAtLeast }) => isAtLeast) ? words.atLeast({ summary }) : summary
  }
}
