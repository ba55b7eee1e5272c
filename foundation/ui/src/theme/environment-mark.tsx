// Which environment this is, in words and in colour, on top of every page.
import { useWords } from '../language/language-provider.tsx'
import type { Whoami } from '../server/whoami.ts'
import classes from './environment-mark.module.css'
import { themeWords } from './theme-words.ts'

/**
 * The environment in words on its colour, and a bar of that colour along the top of the page; nothing where nobody has said which it is.
 *
 * @example
 * <EnvironmentMark environment={whoami.service.environment} />
 */
export function EnvironmentMark({ environment }: { environment: Whoami['service']['environment'] }) {
  const words = useWords(themeWords)
  if (environment === null) return null
  return (
    <>
      <div className={classes.bar} data-environment={environment} aria-hidden />
      <span className={classes.mark} data-environment={environment}>
        {words[environment]}
      </span>
    </>
  )
}
