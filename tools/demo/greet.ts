// What people read when the demo is ready: where it is, who they may be, and what to try, in both languages.
import { styleText } from 'node:util'
import type { Filled } from './demo-folder.ts'

/** What there is to tell of. */
export type Greeting = {
  url: string
  filled: Filled
  /** The port that was wished for, where it was taken. */
  takenPort: number | null
  /** How long the start took, and whether everything was filled in it. */
  seconds: number
  isNew: boolean
}

const does: Readonly<Record<string, { en: string; ko: string }>> = {
  cx: { en: 'support', ko: '고객지원' },
  developer: { en: 'repairs data, with a reason', ko: '사유를 남기고 데이터를 고치는 개발자' },
  admin: { en: 'everything, also people and keys', ko: '사람과 키까지 모두 다루는 관리자' },
}

/** The lines, for a terminal; `isToday` says whether it was filled on this day. */
export function greetingOf({ url, filled, takenPort, seconds, isNew }: Greeting, today = new Date()): string[] {
  const { people, stories, changes, now } = filled.facts
  const how = isNew
    ? `filled with ${changes.toLocaleString('en')} changes in ${Math.round(seconds)} s`
    : `as you left it, in ${seconds.toFixed(1)} s`
  return [
    '',
    `${bold('Steward is ready')} (${how})`,
    '',
    `  ${bold(url)}`,
    ...(takenPort === null ? [] : [`  Port ${takenPort} is taken: this one was free.`]),
    '',
    bold('Sign in as · 로그인'),
    ...people.map(
      ({ email, password, name, role }) =>
        `  ${email.padEnd(28)} ${password.padEnd(20)} ${name} · ${role}${doesOf(role)}`,
    ),
    '',
    bold('Three stories to try · 이렇게 해 보세요'),
    ...stories.flatMap((story, place) => [
      '',
      `  ${place + 1}  ${bold(story.title.en)} · ${story.title.ko}`,
      ...wrapped(`As ${story.role}: ${story.text.en}`),
      ...wrapped(`${story.role}: ${story.text.ko}`),
    ]),
    ...(dayOf(new Date(now)) === dayOf(today)
      ? []
      : ['', `“Today” in these stories is ${dayOf(new Date(now))}, when it was filled.`]),
    '',
    'Ctrl-C stops it; the next start finds everything as it is then. To begin anew: npm start -- --reset',
    'Your own database: DATABASE_URL=postgres://… npm start changes nothing in it.',
  ]
}

function bold(text: string): string {
  return styleText('bold', text)
}

function doesOf(role: string): string {
  const said = does[role]
  return said === undefined ? '' : `: ${said.en} · ${said.ko}`
}

/** The day in Seoul, where the helpdesk is. */
function dayOf(instant: Date): string {
  return instant.toLocaleDateString('sv', { timeZone: 'Asia/Seoul' })
}

const lineWidth = 92

/** Broken between words; a Korean letter is as wide as two others. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? null : `${last} ${word}`
    if (longer !== null && widthOf(longer) <= lineWidth) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => `     ${line}`)
}

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\u1100-\uffe6]/.test(letter) ? 2 : 1), 0)
}
