// The answer in English: plain, polite, blaming nobody.
import type { AnswerFacts, Counted, Deed } from './answer-facts.ts'
import { nounFor, plainWord } from './english-noun.ts'
import { englishMoment } from './moment.ts'

/** The whole answer. */
export function englishAnswer(facts: AnswerFacts): string {
  return [
    'Hello, we have looked into your question.',
    facts.isPuttingBack ? sayPuttingBack(facts) : sayWhatHappened(facts),
    sayWhatIsDone(facts),
  ].join('\n\n')
}

function sayWhatHappened(facts: AnswerFacts): string {
  const moment = englishMoment(facts)
  const when = `On ${moment}`
  const { deeds } = facts
  if (deeds.length === 0) return `We looked at what was done on ${moment}: none of your data was changed by it.`
  switch (facts.cause) {
    case 'customer':
      return `${when}, ${facts.who === null ? 'somebody' : facts.who} from your team ${actively(deeds)}.`
    case 'team':
      return `${when}, our team ${actively(deeds)}.`
    case 'system':
      return `${when}, an automatic process of ours ${actively(deeds)}.`
    case 'fault':
      return `${when}, because of an error on our side, ${passively(deeds, 'wrongly ')}. We are very sorry for the trouble.`
    case 'unknown':
      return `${when}, ${passively(deeds, '')} directly in our database. We are still finding out how this came about.`
  }
}

function sayPuttingBack(facts: AnswerFacts): string {
  const who = facts.who === null ? 'we' : `${facts.who} from your team`
  const all = facts.deeds.flatMap((deed) => deed.records)
  const records = listed(all.map(counted))
  return `On ${englishMoment(facts)}, ${who} put ${records === '' ? 'the data' : records} back as ${isOne(all) ? 'it was' : 'they were'} before.`
}

function sayWhatIsDone(facts: AnswerFacts): string {
  const { putBack, isPuttingBack, cause, deeds } = facts
  if (putBack !== null) {
    const when = `On ${englishMoment({ ...facts, at: putBack.at })}`
    if (isPuttingBack) return `${when}, this was undone again.`
    return putBack.isWhole
      ? `${when}, we put everything back as it was before. You can check it now.`
      : `${when}, we put it back as it was before, and left alone what had been edited since.`
  }
  if (isPuttingBack) return 'You can check it now.'
  if (cause === 'fault') return 'We will let you know as soon as this is put right.'
  if (deeds.some(({ kind }) => kind === 'deleted'))
    return 'If you would like the deleted data back, please let us know.'
  if (deeds.some(({ kind }) => kind === 'changed')) {
    return 'If you would like it back as it was before, please let us know.'
  }
  return 'If there is anything else you would like to know, please tell us.'
}

function actively(deeds: readonly Deed[]): string {
  return chained(deeds.map(({ kind, records }) => `${kind} ${what(records)}`))
}

function passively(deeds: readonly Deed[], before: string): string {
  return chained(
    deeds.map(({ kind, records }) => `${what(records)} ${isOne(records) ? 'was' : 'were'} ${before}${kind}`),
  )
}

/** What the verb agrees with: the columns where they are named, else the records. */
function isOne(records: readonly Counted[]): boolean {
  const [only] = records
  if (records.length !== 1 || only === undefined) return false
  return only.columns.length === 0 ? only.count === 1 : only.columns.length === 1
}

function what(records: readonly Counted[]): string {
  const [only] = records
  if (records.length !== 1 || only === undefined || only.columns.length === 0) return listed(records.map(counted))
  return `the ${listed(only.columns.map(({ en }) => plainWord(en)))} of ${counted(only)}`
}

function counted({ words, count }: Counted): string {
  const noun = nounFor(words?.en ?? 'related records', count ?? 2)
  return count === null ? `all ${noun}` : `${count.toLocaleString('en-US')} ${noun}`
}

/** With a comma before "and", since each part may hold one of its own. */
function chained(parts: readonly string[]): string {
  return [...parts.slice(0, -2), parts.slice(-2).join(', and ')].join(', ')
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

function listed(parts: readonly string[]): string {
  return list.format(parts)
}
