// Searches many entities at once, over few connections, each within its budget: who takes longer is named as partial.
import { isStewardError } from '@steward/base'
import { formatEntity, quoteIdentifier, serverErrorOf } from '@steward/postgres'
import type { Standing } from '../catalog/standing.ts'
import { runQuery } from '../dialect/run-query.ts'
import { chooseColumns } from '../meta/choose-columns.ts'
import { wordsFor } from '../meta/describe-entities.ts'
import type { Settings } from '../options.ts'
import type { SeenTable } from '../visibility/see-table.ts'
import { planSearch } from './plan-search.ts'
import { writeSearch } from './write-search.ts'

/** A record that was found. `key` is its key as exact text, `matched` the column that fits. */
export type Hit = { entity: string; key: Record<string, string>; label: string; matched: string }

/** What was found, and the entities of which there may be more than was looked at. */
export type Found = { hits: Hit[]; partial: string[] }

type Ranked = Hit & { rank: number }

/** All entities together have ten times as long as one. */
const budgetsTogether = 10
const connections = 3

/**
 * Searches entities for a text: whole keys first, then whole values, beginnings and parts.
 *
 * @throws whatever the connection throws; an entity that takes too long or may not be asked is partial.
 * @example
 * const { hits, partial } = await searchEntities(seen, { settings, standing, text: 'kim@', limit: 20 })
 */
export async function searchEntities(
  seen: readonly SeenTable[],
  asked: { settings: Settings; standing: Standing; text: string; limit: number },
): Promise<Found> {
  const until = performance.now() + asked.settings.searchBudgetMs * budgetsTogether
  const found: Ranked[] = []
  const partial: string[] = []
  const waiting = seen.entries()
  const work = async () => {
    for (const [, one] of waiting) {
      const entity = formatEntity(one.table)
      const { hits, isPartial } = performance.now() < until ? await searchEntity(one, asked) : none
      found.push(...hits)
      if (isPartial) partial.push(entity)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  const order = new Map(seen.map(({ table }, place) => [formatEntity(table), place]))
  const place = (entity: string) => order.get(entity) ?? 0
  const sorted = found.sort(
    (one, other) => one.rank - other.rank || place(one.entity) - place(other.entity) || compare(one.label, other.label),
  )
  return {
    hits: sorted.slice(0, asked.limit).map(({ rank: _, ...hit }) => hit),
    partial: partial.sort((one, other) => place(one) - place(other)),
  }
}

type Searched = { hits: Ranked[]; isPartial: boolean }

const none: Searched = { hits: [], isPartial: true }

async function searchEntity(
  seen: SeenTable,
  { settings, standing, text, limit }: { settings: Settings; standing: Standing; text: string; limit: number },
): Promise<Searched> {
  const { table, masks } = seen
  // A record is only worth finding if it can be opened.
  if (table.primaryKey.length === 0 || table.primaryKey.some((name) => masks.has(name)))
    return { ...none, isPartial: false }
  const [indexes, size] = [standing.indexes(table), standing.size(table)]
  const words = wordsFor(settings.words, formatEntity(table))
  const { title, search: columns } = chooseColumns(seen, { indexes, size }, words)
  const plan = planSearch({ seen, columns, indexes, size, text })
  if (plan.ways.length === 0) return { hits: [], isPartial: plan.isPartial }
  try {
    const [answered] = await runQuery(settings.pool, {
      isReadOnly: true,
      isolation: null,
      settings: [
        ['search_path', [table.schema, ...settings.extraSearchPath].map(quoteIdentifier).join(', ')],
        ['statement_timeout', String(settings.searchBudgetMs)],
        // Started once and done: what a plan in parallel or compiled costs is more than it can gain here.
        ['max_parallel_workers_per_gather', '0'],
        ['jit', 'off'],
      ],
      query: writeSearch(seen, { ways: plan.ways, title, limit }),
      further: [],
      isRolledBack: false,
      check: null,
    })
    return { hits: readHits(seen, answered?.rows ?? []), isPartial: plan.isPartial }
  } catch (error) {
    if (serverErrorOf(error) === null || isStewardError(error)) throw error
    return none
  }
}

/** One hit a record, the best. */
function readHits({ table }: SeenTable, rows: readonly (string | null)[][]): Ranked[] {
  const entity = formatEntity(table)
  const best = new Map<string, Ranked>()
  for (const [rank, matched, title, ...values] of rows) {
    const key = Object.fromEntries(table.primaryKey.map((name, place) => [name, values[place] ?? '']))
    const identity = JSON.stringify(values)
    const known = best.get(identity)
    if (known !== undefined && known.rank <= Number(rank)) continue
    best.set(identity, { entity, key, label: title ?? values.join(', '), matched: matched ?? '', rank: Number(rank) })
  }
  return [...best.values()]
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
