// What an action answered, as values: field by field where it is flat, else as JSON.
import { Code } from '@mantine/core'
import { isExactNumber, printJson } from '@steward/base'
import { CopyButton, Section, useWords, Value } from '@steward/ui'
import { Fragment } from 'react'
import { actionWords } from './action-words.ts'
import classes from './actions.module.css'

/** The answer below a heading. */
export function ActionAnswer({ title, answer }: { title: string; answer: unknown }) {
  const words = useWords(actionWords)
  return (
    <Section title={title} actions={<CopyButton text={printJson(answer ?? null)} />}>
      {answer == null ? words.nothing : isFlat(answer) ? <Fields of={answer} /> : <Tree of={answer} />}
    </Section>
  )
}

function Fields({ of: fields }: { of: Readonly<Record<string, unknown>> }) {
  return (
    <dl className={classes['answer']}>
      {Object.entries(fields).map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function Tree({ of: answer }: { of: unknown }) {
  if (typeof answer !== 'object' || isExactNumber(answer)) return <Value value={answer} />
  return (
    <Code block className={classes['json']}>
      {JSON.stringify(answer, null, 2)}
    </Code>
  )
}

function isFlat(answer: unknown): answer is Readonly<Record<string, unknown>> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) || isExactNumber(answer)) return false
  return Object.values(answer).every((value) => typeof value !== 'object' || value === null || isExactNumber(value))
}
