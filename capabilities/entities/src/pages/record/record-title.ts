// What a record is called: by its title column where it has one, and always by its key.
import type { MetaEntity, Values } from '@steward/sdk'
import { keyParts } from '@steward/ui'

/**
 * What a record is called; `detail` is its key where the title does not say it already.
 *
 * @example
 * recordTitle(customers, { id: '42' }, { id: '42', name: 'Acme' }) // { title: 'Acme', detail: '#42' }
 */
export function recordTitle(
  { key, title }: Pick<MetaEntity, 'key' | 'title'>,
  recordKey: Values,
  record: Values | null,
): { title: string; detail: string | null } {
  const parts = keyParts(key, recordKey) ?? []
  const keyText = parts.length === 1 ? `#${parts[0]}` : parts.join(' · ')
  const name = title === null || key.includes(title) ? null : record?.[title]
  return typeof name === 'string' && name.trim() !== ''
    ? { title: name, detail: keyText }
    : { title: keyText, detail: null }
}
