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
  const door = doors.find((each) => each === source)
  const text = door === undefined ? source : words[door]
  return (
    <span className={classes.source} {...hint(words.through({ door: text }))}>
      {text}
    </span>
  )
}
