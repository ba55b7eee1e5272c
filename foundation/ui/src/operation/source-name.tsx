// Through which door something came.
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import classes from './operation.module.css'
import { operationWords } from './operation-words.ts'

const doors = ['app', 'admin-api', 'backoffice', 'script', 'cli', 'sql', 'system'] as const

/**
 * Through which door an operation came: `app`, `back office`, `SQL` …
 *
 * @example
 * <SourceName source={operation.source} />
 */
export function SourceName({ source }: { source: string }) {
  const words = useWords(operationWords)
  const text = useSourceText()(source)
  return (
    <span className={classes.source} {...hint(words.through({ door: text }))}>
      {text}
    </span>
  )
}

/**
 * The name of a door in the language that is spoken; one that nobody knows by its own name.
 *
 * @example
 * useSourceText()('backoffice') // 'back office'
 */
export function useSourceText(): (source: string) => string {
  const words = useWords(operationWords)
  return (source) => {
    const door = doors.find((each) => each === source)
    return door === undefined ? source : words[door]
  }
}
