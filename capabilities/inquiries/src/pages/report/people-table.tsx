// People with their number, and a bar for each.
import { number, useLanguage, useWords } from '@steward/ui'
import classes from './report.module.css'
import { reportWords } from './report-words.ts'
import type { PersonCount } from './sum-people.ts'

/** The most first. */
export function PeopleTable({ people, header }: { people: readonly PersonCount[]; header: string }) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const most = people[0]?.count ?? 1
  if (people.length === 0) return <p>{words.nobody}</p>
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{words.person}</th>
          <th scope="col" className={classes['number']}>
            {header}
          </th>
          <th className={classes['barred']} aria-hidden />
        </tr>
      </thead>
      <tbody>
        {people.map(({ id, name, count }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td className={classes['number']}>{number(count, language)}</td>
            <td className={classes['barred']} aria-hidden>
              <svg className={classes['bars']} aria-hidden>
                <rect className={classes['answered']} y="5" height="4" width={`${(count / most) * 100}%`} />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
