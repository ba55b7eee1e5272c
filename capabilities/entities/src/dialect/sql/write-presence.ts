// Whether an embed found anything, as SQL, for joins that demand it and for filters that ask.
import { quoteIdentifier } from '@steward/postgres'
import type { EmbedPlan } from '../plan-tree.ts'
import { quoteColumn } from './statement.ts'

/** What a join calls the list of its rows. */
export const listColumn = 'list'

/** What a join calls the mark that it found something, where neither row nor list says so. */
export const thereColumn = 'there'

/** A list is there when it has a member; one row, even of nothing but nulls, when the join found it. */
export function writePresence({ lateral, isEmpty, isToOne, isSpread }: EmbedPlan, isThere: boolean): string {
  const state = isThere ? 'IS NOT NULL' : 'IS NULL'
  if (isEmpty) return `${quoteColumn(lateral, thereColumn)} ${state}`
  if (isToOne) return `${quoteIdentifier(lateral)}.* IS ${isThere ? '' : 'NOT '}DISTINCT FROM NULL`
  return `${quoteColumn(lateral, isSpread ? thereColumn : listColumn)} ${state}`
}
