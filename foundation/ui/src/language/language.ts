// The languages of the back office, and how each writes numbers, moments and counted things.
import { josa } from 'es-hangul'

/** A language that every page speaks. */
export type Language = 'en' | 'ko'

/** A text in each language. */
export type Phrase = { readonly en: string; readonly ko: string }

const plurals = new Intl.PluralRules('en')

/**
 * A counted thing in English: `1 order`, `14 orders`, `1,204 entries`.
 *
 * @example
 * counted(2, 'entry', 'entries') // '2 entries'
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count, 'en')} ${plurals.select(count) === 'one' ? one : many}`
}

/**
 * A Korean word with the particle that fits its last sound; also after digits and Latin letters.
 *
 * @example
 * particle('주문', '을/를') // '주문을'
 */
export function particle(word: string, pair: Parameters<typeof josa>[1]): string {
  return josa(word, pair)
}

/**
 * A number with its digits grouped.
 *
 * @example
 * number(1204000, 'ko') // '1,204,000'
 */
export function number(value: number | bigint, language: Language): string {
  return new Intl.NumberFormat(language).format(value)
}

/**
 * An estimate, which must not look like a count: `about 1.2 million`, `약 120만`.
 *
 * @example
 * about(1_204_000, 'en') // 'about 1.2 million'
 */
export function about(value: number, language: Language): string {
  const text = new Intl.NumberFormat(language, {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 2,
  }).format(value)
  return language === 'ko' ? `약 ${text}` : `about ${text}`
}
