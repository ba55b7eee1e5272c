// What customers call entities and columns: what the team has called them, and never the bare name of a table.
import type { Meta, MetaColumn, MetaEntity } from '@steward/sdk'
import type { EntityWords } from '../../contract/draft-answer.ts'

/**
 * Words by entity. What nobody has named is left out, and so are columns that are held back from whoever looks.
 *
 * @example
 * draftAnswer({ ...material, words: customerWords(meta) })
 */
export function customerWords({ entities }: Meta): Record<string, EntityWords> {
  const named = entities.filter((entity) => isNamed(entity.label, entity.name))
  return Object.fromEntries(named.map((entity) => [entity.entity, wordsOf(entity)]))
}

function wordsOf({ label, columns }: MetaEntity): EntityWords {
  const told = columns.filter(isForCustomers)
  return { ...label, columns: Object.fromEntries(told.map((column) => [column.name, column.label])) }
}

function isForCustomers({ name, label, readable, masked }: MetaColumn): boolean {
  return readable && masked === null && isNamed(label, name)
}

/** A label that is only the name made readable was given by nobody. */
function isNamed({ en, ko }: { en: string; ko: string }, name: string): boolean {
  return en !== ko || lettersOf(en) !== lettersOf(name)
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}
