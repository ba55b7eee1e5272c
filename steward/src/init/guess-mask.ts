// Guesses from a column's name, type and comment whether it holds something personal or secret, and how to mask it.
import { looksSecret } from '@steward/base'
import type { MaskForm } from '@steward/engine'
import type { CatalogColumn } from '@steward/postgres'

/** `secret` is for nobody's eyes; `personal` is for those whose work needs it. */
export type Guess = { kind: 'secret' | 'personal'; form: MaskForm }

type Rule = Guess & { words?: RegExp; korean?: RegExp }

const secret: Guess = { kind: 'secret', form: 'hidden' }
const hidden: Guess = { kind: 'personal', form: 'hidden' }
const firstLetter: Guess = { kind: 'personal', form: 'first-letter' }
const lastFour: Guess = { kind: 'personal', form: 'last-4' }

// The first that fits: an e-mail address is an e-mail, and no address. Names are words with a space between.
const rules: readonly Rule[] = [
  {
    ...secret,
    words:
      /\b(password|passwd|passphrase|pwd|secret|token|salt|otp|totp|mfa|cvv|cvc|credentials?|api key|apikey|private key|recovery codes?|security answer|pin code)\b/,
    korean: /비밀번호|암호|토큰|인증키|비밀키/,
  },
  { ...firstLetter, words: /\b(e ?mail)\b/, korean: /이메일|전자우편|메일 ?주소/ },
  {
    ...lastFour,
    words: /\b(phone|telephone|mobile|cell|cellphone|tel|fax|msisdn)\b/,
    korean: /전화|휴대폰|핸드폰|연락처|팩스/,
  },
  {
    ...lastFour,
    words:
      /\b(card number|card no|credit card|debit card|pan|iban|bank account|account number|account no|routing number)\b/,
    korean: /카드 ?번호|계좌/,
  },
  {
    ...hidden,
    words:
      /\b(ssn|social security|national id|resident (registration )?(number|no)|rrn|passport|driver license|drivers license|tax id|id card)\b/,
    korean: /주민 ?(등록)? ?번호|주민등록|여권|면허 ?번호|외국인 ?등록|사업자 ?등록/,
  },
  { ...hidden, words: /\b(birth|birthday|birthdate|dob|date of birth)\b/, korean: /생년월일|생일|출생/ },
  { ...hidden, words: /\b(ip|ip address|ip addr|remote addr|client ip|mac address)\b/, korean: /아이피|IP ?주소/i },
  {
    ...hidden,
    words: /\b(address|street|zip|zipcode|zip code|postcode|postal code|postal)\b/,
    korean: /주소|우편번호/,
  },
  { ...hidden, words: /\b(salary|wage|gender|religion|ethnicity)\b/, korean: /급여|연봉|성별|종교/ },
]

/**
 * How a column should be masked, or null where it looks harmless. A guess: people look at what it proposes.
 *
 * @example
 * guessMask(column('phone_number')) // { kind: 'personal', form: 'last-4' }
 */
export function guessMask(column: CatalogColumn): Guess | null {
  const words = wordsOf(column.name)
  if (!canHoldIt(column) && !isBirthday(column, words)) return null
  // A key into another table says nothing of what is there.
  if (
    / (id|count|type|status|kind|at|url|verified|enabled|confirmed)$/.test(words) &&
    !/national id|tax id/.test(words)
  )
    return null
  const told = `${column.name} ${column.comment ?? ''}`
  const rule = rules.find((each) => each.words?.test(words) || each.korean?.test(told))
  if (rule === undefined) return looksSecret(column.name) ? secret : null
  return { kind: rule.kind, form: column.category === 'S' ? rule.form : 'hidden' }
}

/** Whether a mail was verified, and when, and how many there are, is nobody's secret: texts, dates, addresses, documents. */
function canHoldIt({ category, baseType }: CatalogColumn): boolean {
  return (
    category === 'S' ||
    category === 'I' ||
    baseType === 'date' ||
    /^(jsonb?|bytea|text\[\]|character varying.*\[\])$/.test(baseType)
  )
}

/** Some keep the day of a birth as a moment. */
function isBirthday({ baseType }: CatalogColumn, words: string): boolean {
  return baseType.startsWith('timestamp') && /\bbirth|\bdob\b/.test(words)
}

function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()
}
