// The text of an answer in both languages: to be read, mended and copied.
import { Button, Tabs, Textarea } from '@mantine/core'
import { CopyButton, type Language, useLanguage, useWords } from '@steward/ui'
import { useState } from 'react'
import type { DraftedAnswer } from '../../contract/draft-answer.ts'
import classes from './answer.module.css'
import { answerWords } from './answer-words.ts'

/** What somebody has written instead of the draft, by language. */
export type EditedAnswer = Partial<DraftedAnswer>

type Given = {
  draft: DraftedAnswer
  edited: EditedAnswer
  onEdited: (edited: EditedAnswer) => void
  /** The language that the address asks for. */
  shown: string | undefined
  onShown: (language: Language) => void
}

/** Both languages as tabs, that of the page first, with one big button to copy. */
export function DraftEditor({ draft, edited, onEdited, shown, onShown }: Given) {
  const words = useWords(answerWords)
  const { language } = useLanguage()
  const current: Language = shown === 'ko' || shown === 'en' ? shown : language
  const order: Language[] = language === 'ko' ? ['ko', 'en'] : ['en', 'ko']
  const names = { ko: words.korean, en: words.english }
  const text = edited[current] ?? draft[current]
  const isEdited = text !== draft[current]
  const { [current]: _, ...others } = edited
  return (
    <Tabs value={current} onChange={(chosen) => onShown(chosen === 'ko' ? 'ko' : 'en')}>
      <Tabs.List aria-label={words.languages}>
        {order.map((each) => (
          <Tabs.Tab key={each} value={each} lang={each}>
            {names[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={current} pt="sm">
        <div className={classes['draft']}>
          <Textarea
            className={classes['text'] ?? ''}
            aria-label={`${words.text} (${names[current]})`}
            lang={current}
            autosize
            minRows={8}
            maxRows={18}
            value={text}
            onChange={(event) => onEdited({ ...edited, [current]: event.currentTarget.value })}
          />
          <div className={classes['foot']}>
            <CopyButton className={classes['copy']} text={text} label={words.copyAnswer} />
            {isEdited && (
              <>
                <Button variant="subtle" size="sm" onClick={() => onEdited(others)}>
                  {words.startOver}
                </Button>
                <span className={classes['note']}>{words.edited}</span>
              </>
            )}
          </div>
        </div>
      </Tabs.Panel>
    </Tabs>
  )
}

/** An answer that is there already, to be copied; what somebody mends in it is kept nowhere. */
export function KeptAnswerShown({ answer }: { answer: DraftedAnswer }) {
  const [edited, setEdited] = useState<EditedAnswer>({})
  const [shown, setShown] = useState<Language>()
  return <DraftEditor draft={answer} edited={edited} onEdited={setEdited} shown={shown} onShown={setShown} />
}
