// A moment as people say it, with the exact instant on hover.
import { hint } from '../hint/hint.ts'
import { useLanguage } from '../language/language-provider.tsx'
import { exactText, readInstant } from './instant.ts'
import classes from './moment.module.css'
import { momentText } from './moment-text.ts'
import { useNow } from './use-now.ts'

/**
 * A moment: `3 minutes ago`, `yesterday 18:04`, `Sat 21 Nov 18:04`; on hover the exact instant in the viewer's zone. What is no instant
 * is shown as it is.
 *
 * @example
 * <Moment at={operation.at} />
 */
export function Moment({ at }: { at: string | Date }) {
  const { language } = useLanguage()
  const now = useNow()
  const instant = readInstant(at)
  if (instant === null) return <span>{String(at)}</span>
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <time
      className={classes.moment}
      dateTime={instant.date.toISOString()}
      {...hint(`${exactText(instant)} (${timeZone})`)}
    >
      {momentText(instant.date, language, { now: new Date(now) })}
    </time>
  )
}
