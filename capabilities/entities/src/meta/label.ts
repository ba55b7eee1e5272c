// How things are called when nobody has said so: by a short comment, else by their names made readable.
import type { Words } from '../entity-words.ts'

/** A text in each language. */
export type Label = { en: string; ko: string }

/** Words in each language; those that are missing are the English ones. */
function inLanguages(words: Words): Label {
  return typeof words === 'string' ? { en: words, ko: words } : { en: words.en, ko: words.ko ?? words.en }
}

/**
 * What something is called: by its words, else by a comment that is short enough to be a name, else by its own name.
 *
 * @example
 * labelOf({ name: 'customer_id', comment: null }).en // 'Customer id'
 */
export function labelOf({ words, name, comment }: { words?: Words | undefined; name: string; comment: string | null }) {
  return inLanguages(words ?? (isName(comment) ? comment.trim() : humanise(name)))
}

/** What is said of something beyond its name, or null. */
export function descriptionOf({ words, comment }: { words?: Words | undefined; comment: string | null }): Label | null {
  if (words !== undefined) return inLanguages(words)
  return comment === null || isName(comment) ? null : inLanguages(comment)
}

function isName(comment: string | null): comment is string {
  return comment !== null && comment.trim() !== '' && comment.length <= 30 && !/[\n.:;,]/.test(comment)
}

function humanise(name: string): string {
  const words = name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .split(/[_\s-]+/)
    .filter((word) => word !== '')
  const text = words.map((word) => (/^\p{Lu}+$/u.test(word) ? word : word.toLowerCase())).join(' ')
  return text === '' ? name : text.charAt(0).toUpperCase() + text.slice(1)
}
