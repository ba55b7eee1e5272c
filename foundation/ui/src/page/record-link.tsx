// A link to a record, or its name alone where nothing can be linked to.
import type { Values } from '@steward/sdk'
import { keyParts, recordPath } from '../pages/paths.ts'
import { useEntity } from '../server/use-meta.ts'
import { valueText } from '../value/value-text.ts'
import { PageLink } from './page-link.tsx'

/**
 * A record by its label, or by its key: `#10482`. A link where the person may see its entity and the key is whole.
 *
 * @example
 * <RecordLink entity={change.entity} recordKey={change.key} />
 */
export function RecordLink(given: { entity: string; recordKey: Values | null; label?: string | null | undefined }) {
  const { entity, recordKey } = given
  const meta = useEntity(entity)
  const parts = recordKey === null || meta == null ? null : keyParts(meta.key, recordKey)
  const label = given.label ?? keyLabel(parts, recordKey)
  return parts === null ? <span>{label}</span> : <PageLink to={recordPath(entity, parts)}>{label}</PageLink>
}

/**
 * What a record is called by its key: `#10482`, or the parts of a key of several columns.
 *
 * @example
 * keyLabel(['10482'], null) // '#10482'
 */
export function keyLabel(parts: readonly string[] | null, recordKey: Values | null): string {
  const texts = parts ?? Object.values(recordKey ?? {}).map(valueText)
  return texts.length === 1 ? `#${texts[0]}` : texts.join(' · ')
}
