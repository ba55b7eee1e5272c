// The numbers of the weeks: how many were asked and answered, how long answers took, by whom.
import { SegmentedControl } from '@mantine/core'
import { EmptyState, Loaded, PageHeader, PageLink, Section, useTitle, useUrlTexts, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { inquiriesWords } from '../inquiries-words.ts'
import { useInquiries } from '../use-inquiries.ts'
import { PeopleTable } from './people-table.tsx'
import classes from './report.module.css'
import { reportWords } from './report-words.ts'
import { sumPeople, type Week } from './sum-people.ts'
import { WeeksTable } from './weeks-table.tsx'

const choices = [4, 8, 26] as const

/** `/inquiries/report` */
export default function ReportPage() {
  const words = useWords(reportWords)
  const { inquiries: above } = useWords(inquiriesWords)
  const inquiries = useInquiries()
  const [texts, setTexts] = useUrlTexts(['weeks'])
  const weeks = choices.find((count) => String(count) === texts.weeks) ?? 8
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const report = useQuery({
    queryKey: ['inquiries', 'week', weeks, timeZone],
    queryFn: ({ signal }) => inquiries.week({ weeks, timeZone }, { signal }),
  })
  useTitle(words.title)
  return (
    <>
      <PageHeader
        path={[{ label: above, to: '/inquiries' }]}
        title={words.title}
        detail={words.detail({ timeZone })}
        actions={
          <SegmentedControl
            aria-label={words.weeks}
            value={String(weeks)}
            data={choices.map((count) => ({ value: String(count), label: words.weeksOf({ count }) }))}
            onChange={(value) => setTexts({ weeks: value })}
          />
        }
      />
      <Loaded query={report}>{(data) => <Report weeks={data} />}</Loaded>
    </>
  )
}

function Report({ weeks }: { weeks: readonly Week[] }) {
  const words = useWords(reportWords)
  const { askers, owners } = sumPeople(weeks)
  if (weeks.every(({ asked, answered }) => asked === 0 && answered === 0)) {
    return (
      <EmptyState title={words.nothing} action={<PageLink to="/inquiries">{words.seeInquiries}</PageLink>}>
        {words.nothingHint}
      </EmptyState>
    )
  }
  return (
    <>
      <Section title={words.byWeek}>
        <WeeksTable weeks={weeks} />
      </Section>
      <div className={classes['people']}>
        <Section title={words.byAsker}>
          <PeopleTable people={askers} header={words.asked} />
        </Section>
        <Section title={words.byOwner}>
          <PeopleTable people={owners} header={words.answered} />
        </Section>
      </div>
    </>
  )
}
