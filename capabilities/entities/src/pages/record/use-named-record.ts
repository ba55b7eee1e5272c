// Which record the address names: its entity and its key, or why it names none.
import type { Meta, MetaEntity, Values } from '@steward/sdk'
import { keyOfPath, useMeta } from '@steward/ui'
import type { UseQueryResult } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { usableKey } from '../list/list-query.ts'

/** What an address names. */
export type Named =
  | { kind: 'record'; entity: MetaEntity; recordKey: Values }
  | { kind: 'no-entity'; name: string }
  | { kind: 'no-key'; entity: MetaEntity }
  | { kind: 'bad-key'; entity: MetaEntity }

/** What the page's address names, as soon as it is known which entities there are. */
export function useNamedRecord(): { meta: UseQueryResult<Meta>; find: (meta: Meta) => Named } {
  const { entity: name = '', key = '' } = useParams({ strict: false }) as { entity?: string; key?: string }
  const meta = useMeta()
  const find = ({ entities }: Meta): Named => {
    const entity = entities.find((one) => one.entity === name)
    if (entity === undefined) return { kind: 'no-entity', name }
    if (usableKey(entity).length === 0) return { kind: 'no-key', entity }
    const recordKey = keyIn(entity, key)
    return recordKey === null ? { kind: 'bad-key', entity } : { kind: 'record', entity, recordKey }
  }
  return { meta, find }
}

// A percent sign alone is no key.
function keyIn(entity: MetaEntity, text: string): Values | null {
  try {
    return keyOfPath(entity, text)
  } catch {
    return null
  }
}
