// What went wrong, why, and what to do: for people, and to be copied for those who help them.
import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCloudOff,
  IconFileUnknown,
  IconGitMerge,
  IconHourglass,
  IconLock,
} from '@tabler/icons-react'
import { useLanguage, useWords } from '../language/language-provider.tsx'
import { CopyButton } from '../value/copy-button.tsx'
import classes from './error-notice.module.css'
import { pageWords } from './page-words.ts'
import { problemInKorean } from './problems-in-korean.ts'
import { type Problem, problemText, readProblem } from './read-problem.ts'

const icons = {
  forbidden: IconLock,
  'signed-out': IconLock,
  offline: IconCloudOff,
  conflict: IconGitMerge,
  missing: IconFileUnknown,
  busy: IconHourglass,
  failed: IconAlertTriangle,
}

/**
 * An error: what happened, why, what to do, its code and request id, and a button that copies all of it. A missing permission, a server
 * that does not answer and a lost race look their own way; frequent errors are said in the language that is spoken.
 *
 * @example
 * <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
 */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const words = useWords(pageWords)
  const problem = readProblem(error)
  const { kind, code, requestId } = problem
  const Icon = icons[kind]
  const said = useSaid(problem)
  return (
    <div className={classes.notice} role="alert" data-kind={kind}>
      <Icon size={18} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>{words[kind]}</p>
        {said.map((sentence) => (
          <p key={sentence} className={classes.sentence}>
            {sentence}
          </p>
        ))}
        <div className={classes.foot}>
          {code !== null && <code className={classes.code}>{code}</code>}
          {requestId !== null && (
            <span className={classes.request}>
              {words.request} <code className={classes.code}>{requestId}</code>
            </span>
          )}
          <CopyButton text={problemText(problem, location.href, new Date())} label={words.copyAll} isSmall />
          {onRetry !== undefined && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {words.tryAgain}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

/** What happened and what to do, in the language that is spoken as far as somebody has said it; nothing twice. */
function useSaid({ kind, code, message, details, hint }: Problem): string[] {
  const { language } = useLanguage()
  const words = useWords(pageWords)
  if (kind === 'offline') return [words.offlineHint]
  const korean = language === 'ko' && code !== null ? problemInKorean(code) : undefined
  const said =
    korean === undefined
      ? [message, details, hint]
      : [korean.message, korean.hint, korean.isWhole === true ? null : details]
  return [...new Set(said.filter((sentence) => sentence != null && sentence !== ''))] as string[]
}
