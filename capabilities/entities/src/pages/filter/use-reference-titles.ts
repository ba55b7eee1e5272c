// The titles of the records that a filter names by their keys.
import { type MetaColumn, unwrap, type Values } from '@steward/sdk'
import { useMeta, useSteward } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { cursorText } from '../list/keyset.ts'
import { asking } from '../list/list-query.ts'
import type { Clause } from './clause.ts'
import { quoteName, quoteValue } from './dialect-text.ts'

const none: ReadonlyMap<string, string> = new Map()

/** By key; empty until they are known, and where they may not be. */
export function useReferenceTitles(
  column: MetaColumn | null,
  { operator, values }: Clause,
): ReadonlyMap<string, string> {
  const { client } = useSteward()
  const { data: meta } = useMeta()
  const references = ['is', 'isNot', 'anyOf'].includes(operator) ? (column?.references ?? null) : null
  const target = meta?.entities.find(({ entity }) => entity === references?.entity)
  const title = target?.title ?? null
  const { data } = useQuery({
    queryKey: ['entities', 'titles', references, values],
    enabled: target !== undefined && title !== null && references !== null && title !== references.column,
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      if (target === undefined || title === null || references === null) return none
      const select = `${quoteName(references.column)},${quoteName(title)}`
      const filters = [[quoteName(references.column), `in.(${values.map(quoteValue).join(',')})`]] as const
      const rows = (await unwrap(
        asking(client, { entity: target, select, filters }).limit(50).abortSignal(signal),
      )) as unknown as Values[]
      return new Map(
        rows.map((row) => {
          const key = cursorText(row[references.column]) ?? ''
          return [key, cursorText(row[title]) ?? key]
        }),
      )
    },
  })
  return data ?? none
}
