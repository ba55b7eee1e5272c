// What the trail has for the search box: records that are gone, and operations.
import type { StewardClient } from '@steward/sdk'
import type { SearchItem } from '@steward/ui'
import { findDeleted } from './find-deleted.ts'
import { findOperations } from './find-operations.ts'

/** Both, the records first; one that cannot be asked leaves the other. */
export async function findInTrail(client: StewardClient, text: string, signal: AbortSignal): Promise<SearchItem[]> {
  const [deleted, operations] = await Promise.allSettled([
    findDeleted(client, text, signal),
    findOperations(client, text, signal),
  ])
  if (deleted.status === 'rejected' && operations.status === 'rejected') throw operations.reason
  return [
    ...(deleted.status === 'fulfilled' ? deleted.value : []),
    ...(operations.status === 'fulfilled' ? operations.value : []),
  ]
}
