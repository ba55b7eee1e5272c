// The answer in Korean: polite, in 해요체, blaming nobody.
import { josa } from 'es-hangul'
import type { AnswerFacts, Counted, Deed } from './answer-facts.ts'
import { koreanMoment } from './moment.ts'

/** The whole answer. */
export function koreanAnswer(facts: AnswerFacts): string {
  return [
    '안녕하세요. 문의하신 내용을 확인해 보았어요.',
    facts.isPuttingBack ? sayPuttingBack(facts) : sayWhatHappened(facts),
    sayWhatIsDone(facts),
  ].join('\n\n')
}

function sayWhatHappened(facts: AnswerFacts): string {
  const when = `${koreanMoment(facts)}에`
  const { deeds } = facts
  if (deeds.length === 0) return `${when} 이루어진 작업을 살펴보았는데, 그 작업으로 바뀐 데이터는 없었어요.`
  switch (facts.cause) {
    case 'customer':
      return `${when} ${facts.who === null ? '고객사 사용자가' : `${facts.who} 님이`} ${actively(deeds)}.`
    case 'team':
      return `${when} 저희 담당자가 ${actively(deeds)}.`
    case 'system':
      return `${when} 저희 시스템의 자동 처리로 ${passively(deeds)}.`
    case 'fault':
      return `${when} 저희 쪽 오류로 ${passively(deeds, '잘못 ')}. 불편을 드려 정말 죄송해요.`
    case 'unknown':
      return `${when} 데이터베이스에서 직접 이루어진 작업으로 ${passively(deeds)}. 자세한 경위는 저희가 더 확인하고 있어요.`
  }
}

function sayPuttingBack(facts: AnswerFacts): string {
  const who = facts.who === null ? '저희가' : `${facts.who} 님이`
  const records = listed(facts.deeds.flatMap((deed) => deed.records).map(counted))
  const what = records === '' ? '데이터를' : withParticle(records, '을/를')
  return `${koreanMoment(facts)}에 ${who} ${what} 이전 상태로 되돌려 놓았어요.`
}

function sayWhatIsDone(facts: AnswerFacts): string {
  const { putBack, isPuttingBack, cause, deeds } = facts
  if (putBack !== null) {
    const when = `${koreanMoment({ ...facts, at: putBack.at })}에`
    if (isPuttingBack) return `그 뒤 ${when} 이 되돌리기를 다시 취소했어요.`
    return putBack.isWhole
      ? `${when} 모두 이전 상태로 되돌려 놓았어요. 이제 확인해 보실 수 있어요.`
      : `${when} 이전 상태로 되돌려 놓았어요. 그사이 다시 수정된 내용은 그대로 두었어요.`
  }
  if (isPuttingBack) return '이제 확인해 보실 수 있어요.'
  if (cause === 'fault') return '바로잡는 대로 다시 알려 드릴게요.'
  if (deeds.some(({ kind }) => kind === 'deleted')) return '삭제된 데이터의 복구를 원하시면 말씀해 주세요.'
  if (deeds.some(({ kind }) => kind === 'changed')) return '이전 내용으로 되돌리기를 원하시면 말씀해 주세요.'
  return '더 궁금한 점이 있으시면 말씀해 주세요.'
}

const verbs = {
  deleted: { active: ['삭제했어요', '삭제하고'], passive: ['삭제됐어요', '삭제되고'] },
  changed: { active: ['수정했어요', '수정하고'], passive: ['바뀌었어요', '바뀌고'] },
  created: { active: ['등록했어요', '등록하고'], passive: ['등록됐어요', '등록되고'] },
} as const

function actively(deeds: readonly Deed[]): string {
  return chained(
    deeds,
    ({ kind, records }, place) => `${withParticle(what(records), '을/를')} ${verbs[kind].active[place]}`,
  )
}

function passively(deeds: readonly Deed[], before = ''): string {
  return chained(
    deeds,
    ({ kind, records }, place) => `${withParticle(what(records), '이/가')} ${before}${verbs[kind].passive[place]}`,
  )
}

/** The last verb ends the sentence, those before lead on to it. */
function chained(deeds: readonly Deed[], say: (deed: Deed, place: 0 | 1) => string): string {
  return deeds.map((deed, place) => say(deed, place === deeds.length - 1 ? 0 : 1)).join(', ')
}

function what(records: readonly Counted[]): string {
  const [only] = records
  if (records.length !== 1 || only === undefined || only.columns.length === 0) return listed(records.map(counted))
  return `${counted(only)}의 ${listed(only.columns.map(({ ko }) => ko))}`
}

function counted({ words, count }: Counted): string {
  const name = words === null ? '관련 데이터' : words.ko
  return count === null ? `${name} 전체` : `${name} ${count.toLocaleString('ko-KR')}${words?.unit ?? '건'}`
}

/** `주문 14건, 환불 2건과 주문 항목 31건` */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  if (parts.length < 2) return last
  return `${withParticle(parts.slice(0, -1).join(', '), '와/과')} ${last}`
}

type Particle = '을/를' | '이/가' | '와/과'

// How the letters and digits end that are read out: L is 엘, 3 is 삼.
const endsInConsonant = /[lmnrLMNR0136780]$/

/** A word with its particle; what stands in brackets behind it is not read. */
function withParticle(word: string, particle: Particle): string {
  const read = word.replace(/\s*\([^()]*\)$/, '')
  const isLatin = /[A-Za-z0-9]$/.test(read)
  return `${word}${josa.pick(isLatin ? (endsInConsonant.test(read) ? '엘' : '에') : read, particle)}`
}
