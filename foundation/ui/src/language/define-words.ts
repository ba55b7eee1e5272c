// The words of a room in both languages: what the types refuse is a phrase that only one of them has.
import type { Language } from './language.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- what a phrase is told differs from phrase to phrase.
type Told = any

/** Phrases by name: a text, or a function of what it is told. */
export type PhraseBook = { readonly [name: string]: string | ((told: Told) => string) }

/** The same phrases in another language. */
export type Translated<Book extends PhraseBook> = {
  readonly [Name in keyof Book]: Book[Name] extends (told: infer Values) => string ? (told: Values) => string : string
}

/** A room's words; `useWords` hands out those of the language that is set. */
export type Words<Book extends PhraseBook> = Readonly<Record<Language, Translated<Book>>>

/**
 * Writes down the words of a room. A phrase with something in it is a function, so that plurals, particles and the order of words
 * are each language's own business.
 *
 * @example
 * const words = defineWords(
 *   { title: 'Orders', found: ({ count }: { count: number }) => `${counted(count, 'order')} found` },
 *   { title: '주문', found: ({ count }) => `주문 ${count}건을 찾았어요` },
 * )
 */
export function defineWords<const Book extends PhraseBook>(en: Book, ko: Translated<Book>): Words<Book> {
  return { en: en as unknown as Translated<Book>, ko }
}
