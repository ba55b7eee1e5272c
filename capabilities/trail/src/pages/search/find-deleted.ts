// Records that are gone, for the search box: a customer still quotes the number of the order that was deleted.
import type { Meta, MetaEntity, StewardClient } from '@steward/sdk'
import { keyParts, recordPath, type SearchItem, valueText } from '@steward/ui'
import type { Deletion } from '../deleted/group-deletions.ts'

const most = 3
const metaForMs = 60_000

/** Deleted records whose name, or one of the columns that people search by, was this text; nothing for what is too short. */
export async function findDeleted(client: StewardClient, text: string, signal: AbortSignal): Promise<SearchItem[]> {
  const wanted = text.trim()
  if (wanted.length < 4) return []
  const { entities } = await metaOf(client)
  const asked = searchedColumns(entities).map(async ({ entity, column }) => {
    const { changes } = await client.ask<{ changes: Deletion[] }>(
      `/trail/deleted/${encodeURIComponent(entity.entity)}`,
      { query: { [`filter[${column}]`]: wanted, limit: most }, signal },
    )
    return changes.filter(({ isBack }) => !isBack).flatMap((deletion) => toItem(entity, deletion))
  })
  // An entity of which nothing may be told leaves the others as they are.
  const found = (await Promise.allSettled(asked)).flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  return [...new Map(found.map((item) => [item.id, item])).values()]
}

/** Texts that name a record: those that the search box looks in, as far as the person may see them and the trail has them. */
export function searchedColumns(entities: readonly MetaEntity[]): { entity: MetaEntity; column: string }[] {
  return entities
    .filter(({ isTracked, key }) => isTracked === true && key.length > 0)
    .flatMap((entity) =>
      [...new Set([...(entity.title === null ? [] : [entity.title]), ...entity.search])]
        .filter((column) => {
          const found = entity.columns.find(({ name }) => name === column)
          return found?.readable === true && found.masked === null && /text|char|citext|name/.test(found.baseType)
        })
        .map((column) => ({ entity, column })),
    )
}

function toItem(
  { entity, key, title, label: { en, ko } }: MetaEntity,
  { before, key: values }: Deletion,
): SearchItem[] {
  const parts = values === null ? null : keyParts(key, values)
  if (parts === null) return []
  const name = title === null ? null : before?.[title]
  return [
    {
      id: `deleted ${entity} ${parts.join(',')}`,
      label: name == null ? `#${parts.join(' · ')}` : valueText(name),
      detail: `#${parts.join(' · ')}`,
      group: { en: `Deleted: ${en}`, ko: `지워진 ${ko}` },
      path: recordPath(entity, parts),
    },
  ]
}

const remembered = new WeakMap<StewardClient, { meta: Promise<Meta>; until: number }>()

/** Asked once a minute, not for each letter. */
function metaOf(client: StewardClient): Promise<Meta> {
  const known = remembered.get(client)
  if (known !== undefined && known.until > Date.now()) return known.meta
  const meta = client.meta()
  remembered.set(client, { meta, until: Date.now() + metaForMs })
  meta.catch(() => remembered.delete(client))
  return meta
}
