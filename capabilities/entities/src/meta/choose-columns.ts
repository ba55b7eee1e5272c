// Which columns name a record, fill a list and are searched, where the team has not said so.
import { looksSecret } from '@steward/base'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { isSmall, type Size, type TableIndex } from '../catalog/standing.ts'
import type { ColumnWords, EntityWords } from '../entity-words.ts'
import type { SeenTable } from '../visibility/see-table.ts'

/** How a table stands: its indexes, and how large it is. */
type TableStanding = { indexes: readonly TableIndex[]; size: Size | null }

/** The columns that matter most. */
export type ChosenColumns = { title: string | null; search: string[]; list: string[] }

const titles = ['name', 'title', 'label', 'subject', 'email', 'username', 'login', 'code', 'number', 'slug', 'ref']
/** What many records share: where they are, and in which money. */
const sharedCode = /(postal|post|zip|area|country|region|state|currency|language|color|colour|time ?zone)code$/
const mostListed = 7
const callsBy = /(^|_|[a-z])(name|title|e_?mail|phone|mobile|code|number|subject)$/i

/**
 * What the team's words say, and what is left open by what columns are called and how they are indexed. Only columns
 * that the entity has and that the role sees whole are named; a list may hold what is seen in part.
 *
 * @example
 * chooseColumns(seen, { indexes, size }, { title: 'email' }).title // 'email'
 */
export function chooseColumns(seen: SeenTable, standing: TableStanding, words: EntityWords | undefined): ChosenColumns {
  const { columns } = seen.table
  const isWhole = (name: string) => columns.has(name) && !seen.masks.has(name)
  const wished = words?.title
  const title = wished !== undefined && isWhole(wished) ? wished : titleOf([...columns.values()].filter(isTitle(seen)))
  const search = (words?.search ?? searchedOf(seen, standing, title)).filter(isWhole)
  const list = words?.list?.filter((name) => columns.has(name)) ?? listedOf(seen, title, words)
  return { title, search: [...new Set(search)], list: [...new Set(list)] }
}

/** How much a column matters to somebody who looks at a record. */
export function importanceOf(
  column: CacheColumn,
  { key, title, words }: { key: readonly string[]; title: string | null; words: ColumnWords | undefined },
): 'high' | 'normal' | 'low' {
  if (words?.importance !== undefined) return words.importance
  if (key.includes(column.name) || column.name === title) return 'high'
  return tellingScore(column) <= 0 ? 'low' : 'normal'
}

/** Whether a column holds text that can be searched for. */
export function isText({ baseType }: CacheColumn): boolean {
  return /^(text|character varying|character|bpchar|name)(\(\d+\))?$/.test(baseType) || isCitext(baseType)
}

/** Text in which capitals do not count. */
export function isCitext(baseType: string): boolean {
  return /(^|\.)citext$/.test(baseType)
}

function isTitle({ masks }: SeenTable): (column: CacheColumn) => boolean {
  return (column) => isText(column) && !masks.has(column.name) && !looksSecret(column.name)
}

function titleOf(candidates: readonly CacheColumn[]): string | null {
  const nameOf = ({ name }: CacheColumn) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  // The title of a person is their job.
  const isPerson = candidates.some((column) => /^(last|first|sur|family|given)name$/.test(nameOf(column)))
  for (const word of titles) {
    const found = candidates.find((column) => nameOf(column) === word)
    if (found && !(isPerson && word === 'title')) return found.name
  }
  // `product_name`, `orderNumber`; then `last_name` is better than nothing.
  for (const word of titles) {
    const found = candidates.find((column) => nameOf(column).endsWith(word) && !sharedCode.test(nameOf(column)))
    if (found) return found.name
  }
  return null
}

function searchedOf({ table }: SeenTable, { indexes, size }: TableStanding, title: string | null): string[] {
  // A view shows what its tables hold: there it is found by their indexes, here it would be looked for once more without.
  if (table.kind === 'view' || table.kind === 'foreign') return []
  const first = new Set(indexes.flatMap(({ column, expression }) => column ?? loweredColumn(expression) ?? []))
  const unique = new Set(indexes.flatMap((one) => (one.isUnique && one.keyCount === 1 ? (one.column ?? []) : [])))
  const all = [...table.columns.values()].filter(({ name }) => !looksSecret(name))
  return [
    ...(table.primaryKey.length === 1 ? table.primaryKey : []),
    ...all.filter((column) => unique.has(column.name)).map(({ name }) => name),
    ...all.filter((column) => isText(column) && first.has(column.name)).map(({ name }) => name),
    ...(title === null ? [] : [title]),
    // What people and things are called by; without an index only where there is little to look through.
    ...(isSmall(size)
      ? all.filter((column) => isText(column) && callsBy.test(column.name)).map(({ name }) => name)
      : []),
  ]
}

/** The column of an index over `lower(column)`, or null. */
export function loweredColumn(expression: string | null): string | null {
  const match = /^lower\((?:\((.+)\)::text|(.+))\)$/.exec(expression ?? '')
  const inner = match?.[1] ?? match?.[2]
  if (inner === undefined) return null
  if (/^[a-z_][a-z0-9_$]*$/.test(inner)) return inner
  return /^"(?:[^"]|"")+"$/.test(inner) ? inner.slice(1, -1).replaceAll('""', '"') : null
}

function listedOf({ table, masks }: SeenTable, title: string | null, words: EntityWords | undefined): string[] {
  const always = [...table.primaryKey, ...(title === null ? [] : [title])].slice(0, mostListed)
  const others = [...table.columns.values()]
    .filter(({ name }) => !always.includes(name) && masks.get(name) !== 'hidden')
    .map((column) => ({ column, score: tellingScore(column) + wishedScore(words?.columns?.[column.name]) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.column.position - other.column.position)
    .slice(0, Math.max(0, mostListed - new Set(always).size))
    .map(({ column }) => column)
    .sort((one, other) => one.position - other.position)
  return [...always, ...others.map(({ name }) => name)]
}

function wishedScore(words: ColumnWords | undefined): number {
  return words?.importance === 'high' ? 10 : words?.importance === 'low' ? -20 : 0
}

/** What tells records apart at a glance counts; what fills a cell with noise does not. */
function tellingScore({ name, baseType, enumLabels }: CacheColumn): number {
  if (looksSecret(name) || /^(bytea|tsvector|tsquery|xml|jsonb?)$|\[\]$/.test(baseType)) return -5
  if (enumLabels !== null || /(^|_)(status|state|kind|type|role)$/i.test(name)) return 5
  if (/(total|amount|price|balance|quantity|count)$/i.test(name)) return 4
  if (/^(created|placed|ordered|paid|invoice|started|occurred)|date$/i.test(name)) return 4
  if (/(first|last|family|given)_?name$/i.test(name)) return 4
  if (/(email|phone|mobile|country|city)$/i.test(name)) return 3
  if (/(_id|Id)$/.test(name)) return 3
  if (/(note|notes|description|body|content|comment|comments|html|url|hash|search)$/i.test(name)) return 0
  return /^(updated|deleted|modified)/i.test(name) ? 1 : 2
}
