// The list of inquiries: tabs, words, newest first.
import { Button, Tabs, TextInput } from '@mantine/core'
import { PageHeader, useShortcut, useSteward, useTitle, useUrlTexts, useWords } from '@steward/ui'
import { IconChartBar, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { inquiriesWords } from '../inquiries-words.ts'
import { InquiryList } from './inquiry-list.tsx'
import classes from './list.module.css'
import { questionOf, readTab, type Tab } from './list-filter.ts'
import { listWords } from './list-words.ts'

const searchPhrase = { en: listWords.en.search, ko: listWords.ko.search }
/** As long as somebody types, nobody is asked. */
const pauseMs = 250

/** `/inquiries` */
export default function InquiriesPage() {
  const words = useWords(listWords)
  const { inquiries: title } = useWords(inquiriesWords)
  const { may, whoami } = useSteward()
  const [texts, setTexts] = useUrlTexts(['tab', 'q'])
  const tab = readTab(texts.tab, may('inquiries:take'))
  const text = texts.q ?? ''
  const names: Record<Tab, string> = {
    open: words.open,
    mine: words.mine,
    taken: words.taken,
    answered: words.answered,
    asked: words.asked,
    all: words.all,
  }
  const shown = (Object.keys(names) as Tab[]).filter((each) => each !== 'mine' || may('inquiries:take'))
  useTitle(title)
  return (
    <>
      <PageHeader
        title={title}
        detail={words.detail}
        actions={
          may('inquiries:report') && (
            <Button
              component={Link}
              to="/inquiries/report"
              variant="default"
              leftSection={<IconChartBar size={16} aria-hidden />}
            >
              {words.report}
            </Button>
          )
        }
      />
      <Tabs value={tab} onChange={(chosen) => setTexts({ tab: chosen })} mb="sm">
        <Tabs.List className={classes['tabs'] ?? ''} aria-label={words.tabs}>
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {names[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <SearchField key={tab} text={text} onText={(q) => setTexts({ q: q === '' ? null : q })} />
      <InquiryList
        tab={tab}
        question={questionOf(tab, { actor: whoami.actor.id, text })}
        onTab={(chosen) => setTexts({ tab: chosen })}
      />
    </>
  )
}

function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const words = useWords(listWords)
  const [typed, setTyped] = useState(text)
  const field = useRef<HTMLInputElement>(null)
  const tell = useRef(onText)
  tell.current = onText
  useShortcut('/', searchPhrase, () => field.current?.focus())
  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => tell.current(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, text])
  return (
    <TextInput
      ref={field}
      aria-label={words.search}
      placeholder={words.searchHint}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      maw={360}
      mb="sm"
      maxLength={200}
    />
  )
}
