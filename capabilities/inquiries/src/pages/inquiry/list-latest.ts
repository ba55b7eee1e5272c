// The latest changes around a record: its own, and those by which records below it were deleted.
import type { Change, MetaEntity, StewardClient, Values } from '@steward/sdk'
import { valueText } from '@steward/ui'

/** Of a record that has many below it, the first relationships are enough. */
const mostRelationships = 8
const most = 30

type Asked = { entity: MetaEntity; recordKey: Values; signal: AbortSignal }

/** Newest first. "Their orders are gone" is asked of the customer, whose own row nobody has touched. */
export async function listLatest(client: StewardClient, { entity, recordKey, signal }: Asked): Promise<Change[]> {
  const below = entity.relationships.filter(
    ({ cardinality, columns }) => cardinality === 'one-to-many' && columns.every(({ from }) => recordKey[from] != null),
  )
  const [own, ...deleted] = await Promise.all([
    client.history(entity.entity, recordKey, { limit: most, signal }),
    ...below.slice(0, mostRelationships).map(({ entity: name, columns }) => {
      const filter = columns.map(({ from, to }) => [`filter[${to}]`, valueText(recordKey[from])])
      return listDeleted(client, { name, filter: Object.fromEntries(filter), signal })
    }),
  ])
  return [own, ...deleted].flat().toSorted((one, other) => other.operation.at.localeCompare(one.operation.at))
}

type AskedDeleted = { name: string; filter: Record<string, string>; signal: AbortSignal }

/** Nothing of a table that is not tracked, or that the person may not see. */
async function listDeleted(client: StewardClient, { name, filter, signal }: AskedDeleted): Promise<Change[]> {
  try {
    const { changes } = await client.ask<{ changes: Change[] }>(`/trail/deleted/${encodeURIComponent(name)}`, {
      query: { ...filter, limit: most },
      signal,
    })
    return changes
  } catch (error) {
    if (signal.aborted) throw error
    return []
  }
}
