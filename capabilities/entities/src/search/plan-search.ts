// Decides how one entity is searched: only ways that an index answers, unless the table is small.
import { quoteIdentifier } from '@steward/postgres'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { isSmall, type Size, type TableIndex } from '../catalog/standing.ts'
import { isCitext, isText, loweredColumn } from '../meta/choose-columns.ts'
import type { SeenTable } from '../visibility/see-table.ts'
import { comparableTo } from './castable.ts'

/** How well a hit fits, the best first. */
const ranks = { key: 0, whole: 1, prefix: 2, part: 3 } as const

/** A way to look in a column, as a condition whose values are yet to be bound. */
export type Way = {
  column: string
  rank: number
  /** `condition` writes SQL; `column` is the column as it stands in FROM. */
  condition: (column: string, bind: (value: string) => string) => string
}

/** All ways, and whether a column was left out because nothing answers for it quickly enough. */
export type SearchPlan = { ways: Way[]; isPartial: boolean }

/** What the plan of one entity is made of. */
export type Searched = {
  seen: SeenTable
  /** Those that the team or the defaults name. */
  columns: readonly string[]
  indexes: readonly TableIndex[]
  size: Size | null
  text: string
}

/**
 * Plans the search of an entity. Index use is proved by the catalog: method, operator class, collation and predicate.
 *
 * @example
 * const { ways, isPartial } = planSearch({ seen, columns: ['id', 'email'], indexes, size, text: 'kim' })
 */
export function planSearch({ seen, columns, indexes, size, text }: Searched): SearchPlan {
  const { table } = seen
  if (columns.length === 0) return { ways: [], isPartial: false }
  const [key] = table.primaryKey.length === 1 ? table.primaryKey : []
  const isScanned = isSmall(size)
  const ways: Way[] = []
  let isPartial = false
  for (const name of new Set([...(key === undefined ? [] : [key]), ...columns])) {
    const column = table.columns.get(name)
    if (column === undefined || seen.masks.has(name)) continue
    const rank = name === key ? ranks.key : ranks.whole
    const found = waysInto(column, { rank, indexes, isScanned, text })
    ways.push(...found.ways)
    isPartial ||= found.isPartial
  }
  return { ways, isPartial }
}

type Into = { rank: number; indexes: readonly TableIndex[]; isScanned: boolean; text: string }

function waysInto(column: CacheColumn, into: Into): SearchPlan {
  const comparable = comparableTo(column, into.text)
  // What cannot be a value of this column is not in it.
  if (comparable === null) return { ways: [], isPartial: false }
  const { name } = column
  const own = into.indexes.filter((index) => index.column === name && isWholeOf(index, name))
  const lowered = isText(column) ? into.indexes.filter((index) => isLowered(index, name)) : []
  const whole = equalityWay(column, comparable, { ...into, own, lowered })
  const parts = isText(column) ? partWays(column, { ...into, own, lowered }) : []
  const ways = [...(whole === null ? [] : [whole]), ...parts]
  return { ways, isPartial: ways.length === 0 }
}

type WithIndexes = Into & { own: TableIndex[]; lowered: TableIndex[] }

function equalityWay(
  { name }: CacheColumn,
  { values, type }: { values: string[]; type: string },
  { rank, own, lowered, isScanned, text }: WithIndexes,
): Way | null {
  const index = own.find(({ method }) => method === 'btree' || method === 'hash')
  if (index !== undefined || isScanned) {
    return {
      column: name,
      rank,
      condition: (column, bind) => {
        const casts = values.map((value) => `${bind(value)}::text::${type}`)
        const left = index === undefined ? column : collated(column, index)
        return casts.length === 1 ? `${left} = ${casts[0]}` : `${left} = ANY (ARRAY[${casts.join(', ')}])`
      },
    }
  }
  const loweredIndex = lowered.find(({ method }) => method === 'btree' || method === 'hash')
  if (loweredIndex === undefined) return null
  return {
    column: name,
    rank,
    condition: (column, bind) => `${collated(`lower(${column})`, loweredIndex)} = lower(${bind(text)}::text)`,
  }
}

function partWays({ name, baseType }: CacheColumn, { own, lowered, isScanned, text }: WithIndexes): Way[] {
  const prefix = `${escapeLike(text)}%`
  const part = `%${escapeLike(text)}%`
  const like = (rank: number, pattern: string): Way => ({
    column: name,
    rank,
    condition: (column, bind) => `${column} ILIKE ${bind(pattern)}::text`,
  })
  if (isScanned) return [like(ranks.prefix, prefix), like(ranks.part, part)]
  const trigram = own.find(({ method, opclass }) => /^gi(n|st)$/.test(method) && /^gi(n|st)_trgm_ops$/.test(opclass))
  // Trigrams are made of letters and digits alone: from a shorter run an index would have to be read from end to end.
  const longest = Math.max(0, ...text.split(/[^\p{L}\p{N}]+/u).map((run) => [...run].length))
  if (trigram !== undefined && longest >= 3) return [like(ranks.prefix, prefix), like(ranks.part, part)]
  if (trigram !== undefined && longest >= 2 && /^[\p{L}\p{N}]/u.test(text)) return [like(ranks.prefix, prefix)]
  const ordered = isCitext(baseType) ? undefined : own.find(isPrefixOrdered)
  if (ordered !== undefined) {
    const patterns = [...new Set([text, text.toLowerCase(), text.toUpperCase()])].map((one) => `${escapeLike(one)}%`)
    return [
      {
        column: name,
        rank: ranks.prefix,
        condition: (column, bind) =>
          `(${patterns.map((one) => `${collated(column, ordered)} LIKE ${bind(one)}::text`).join(' OR ')})`,
      },
    ]
  }
  const loweredOrder = lowered.find(isPrefixOrdered)
  if (loweredOrder === undefined) return []
  return [
    {
      column: name,
      rank: ranks.prefix,
      condition: (column, bind) => `${collated(`lower(${column})`, loweredOrder)} LIKE lower(${bind(prefix)}::text)`,
    },
  ]
}

/** A partial index answers only what its predicate follows from. */
function isWholeOf({ predicate }: TableIndex, column: string): boolean {
  return predicate === null || predicate === `(${quotedAsPrinted(column)} IS NOT NULL)`
}

function isLowered(index: TableIndex, column: string): boolean {
  return loweredColumn(index.expression) === column && isWholeOf(index, column)
}

// As PostgreSQL prints a name: in quotes where it must be.
function quotedAsPrinted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name)
}

function isPrefixOrdered({ method, opclass, isByteOrder }: TableIndex): boolean {
  if (method !== 'btree') return false
  return (
    /^(text|varchar|bpchar)_pattern_ops$/.test(opclass) ||
    (isByteOrder === true && /^(text|varchar)_ops$/.test(opclass))
  )
}

// An index of another collation than its column's answers only for its own.
function collated(column: string, { hasColumnCollation, collation, column: indexed }: TableIndex): string {
  const isOwn = indexed === null ? collation === 'pg_catalog."default"' : hasColumnCollation
  return isOwn || collation === null ? column : `${column} COLLATE ${collation}`
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
