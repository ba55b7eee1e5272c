// Week by week, with small bars of what was asked and answered.
import { number, useLanguage, useWords } from '@steward/ui'
import { durationText } from '../duration.ts'
import classes from './report.module.css'
import { reportWords } from './report-words.ts'
import type { Week } from './sum-people.ts'

/** The numbers stand in the cells; the bars only repeat them. */
export function WeeksTable({ weeks }: { weeks: readonly Week[] }) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const most = Math.max(1, ...weeks.flatMap(({ asked, answered }) => [asked, answered]))
  const minutes = (value: number | null) =>
    value === null ? <span className={classes['none']}>{words.none}</span> : durationText(value, language)
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} aria-label={words.byWeek}>
        <thead>
          <tr>
            <th scope="col">{words.week}</th>
            <th scope="col" className={classes['number']}>
              <Legend color="asked" label={words.asked} />
            </th>
            <th scope="col" className={classes['number']}>
              <Legend color="answered" label={words.answered} />
            </th>
            <th className={classes['barred']} aria-hidden />
            <th scope="col">{words.median}</th>
            <th scope="col" title={words.slowestHint}>
              {words.slowest}
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ from, asked, answered, medianMinutes, p90Minutes }) => (
            <tr key={from}>
              <th scope="row">
                <time dateTime={from}>{dayOf(from, language)}</time>
              </th>
              <td className={classes['number']}>{number(asked, language)}</td>
              <td className={classes['number']}>{number(answered, language)}</td>
              <td className={classes['barred']} aria-hidden>
                <Bars asked={asked / most} answered={answered / most} />
              </td>
              <td>{minutes(medianMinutes)}</td>
              <td>{minutes(p90Minutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Legend({ color, label }: { color: 'asked' | 'answered'; label: string }) {
  return (
    <span className={classes['legend']}>
      <svg className={classes['mark']} aria-hidden>
        <rect className={classes[color]} width="10" height="4" />
      </svg>
      {label}
    </span>
  )
}

function Bars({ asked, answered }: { asked: number; answered: number }) {
  return (
    <svg className={classes['bars']} aria-hidden>
      <rect className={classes['asked']} y="2" height="4" width={`${asked * 100}%`} />
      <rect className={classes['answered']} y="8" height="4" width={`${answered * 100}%`} />
    </svg>
  )
}

/** A day is the same in every zone. */
function dayOf(day: string, language: 'en' | 'ko'): string {
  const format = language === 'ko' ? 'ko-KR' : 'en-GB'
  return new Intl.DateTimeFormat(format, { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}
