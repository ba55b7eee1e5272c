// What changes are about, counted: "14 orders, 31 items".
import type { Meta } from '@steward/sdk'
import { type Language, number } from '../language/language.ts'
import { valueText } from '../value/value-text.ts'
import { parentsFirst } from './parents-first.ts'

/** A change of a record, or, with `count`, so many records of an entity. */
export type Summarized = { readonly entity: string; readonly key?: unknown; readonly count?: number }

const shownEntities = 3

/**
 * How many records of which entities, those first that others belong to, at most four of them by name: "14 orders, 31 items", "주문 14건, 품목 31건"; an empty text
 * where there are none. A record that changed twice counts once.
 *
 * @example
 * summaryOf(changes, meta, 'en') // '14 orders, 31 items'
 */
export function summaryOf(changes: readonly Summarized[], meta: Meta | undefined, language: Language): string {
  const counts = [...countRecords(parentsFirst(changes, meta))]
  const isLong = counts.length > shownEntities + 1
  const shown = isLong ? counts.slice(0, shownEntities) : counts
  const text = shown.map(([entity, count]) => phrase(labelOf(entity, meta, language), count, language)).join(', ')
  if (!isLong) return text
  const others = counts.slice(shownEntities).reduce((sum, [, count]) => sum + count, 0)
  return language === 'ko'
    ? `${text} 외 ${number(others, 'ko')}건`
    : `${text} and ${number(others, 'en')} more ${others === 1 ? 'record' : 'records'}`
}

function countRecords(changes: readonly Summarized[]): Map<string, number> {
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  for (const { entity, key, count } of changes) {
    if (count === undefined && key != null) {
      const record = `${entity} ${valueText(key)}`
      if (seen.has(record)) continue
      seen.add(record)
    }
    if (count !== 0) counts.set(entity, (counts.get(entity) ?? 0) + (count ?? 1))
  }
  return counts
}

function labelOf(entity: string, meta: Meta | undefined, language: Language): string {
  return meta?.entities.find((each) => each.entity === entity)?.label[language] ?? entity
}

function phrase(label: string, count: number, language: Language): string {
  if (language === 'ko') return `${label} ${number(count, 'ko')}건`
  const noun = label.split(' ').map(lowered).join(' ')
  return `${number(count, 'en')} ${count === 1 ? singular(noun) : plural(noun)}`
}

// "Orders" within a sentence; "API keys" keeps its letters.
function lowered(word: string): string {
  return /^\p{Lu}\p{Ll}*$/u.test(word) ? word.toLowerCase() : word
}

const uncounted = /(?:data|media|staff|people|children|information|equipment|news|series|content|feedback)$/i

function singular(noun: string): string {
  if (uncounted.test(noun) || /(?:ss|us|is)$/i.test(noun)) return noun
  if (/[^aeiou]ies$/i.test(noun)) return noun.replace(/ies$/i, 'y')
  if (/(?:ss|x|ch|sh)es$/i.test(noun)) return noun.slice(0, -2)
  return /s$/i.test(noun) ? noun.slice(0, -1) : noun
}

function plural(noun: string): string {
  if (uncounted.test(noun) || !/[a-z]$/i.test(noun)) return noun
  if (/(?:ss|x|ch|sh|us)$/i.test(noun)) return `${noun}es`
  if (/s$/i.test(noun)) return noun
  return /[^aeiou]y$/i.test(noun) ? noun.replace(/y$/i, 'ies') : `${noun}s`
}
