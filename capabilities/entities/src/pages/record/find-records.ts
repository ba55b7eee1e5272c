// What the search box finds among records.
import type { Meta, StewardClient } from '@steward/sdk'
import { keyParts, recordPath, type SearchSource } from '@steward/ui'

// Asked once a minute, not with every letter that is typed.
const known = new WeakMap<StewardClient, { at: number; meta: Promise<Meta> }>()

/** Records, by whatever they are called by. */
export const recordSearch: SearchSource = {
  label: { en: 'Records', ko: '항목' },
  order: 10,
  permission: 'entities:search',
  find: async (client, text, signal) => {
    if ([...text.trim()].length < 2) return []
    const [{ hits }, meta] = await Promise.all([client.search(text, { signal }), metaOf(client)])
    return hits.flatMap(({ entity, key, label, matched }) => {
      const about = meta.entities.find((one) => one.entity === entity)
      const parts = keyParts(Object.keys(key), key)
      if (parts === null) return []
      const column = about?.columns.find(({ name }) => name === matched)
      const keyText = parts.length === 1 ? `#${parts[0]}` : parts.join(' · ')
      const isKey = column?.isKey === true || column?.name === about?.title
      const more = column === undefined || isKey ? [] : [column.label[languageOfPage()]]
      return [
        {
          id: `${entity} ${parts.join(',')}`,
          label,
          detail: [...(label === parts.join(', ') ? [] : [keyText]), ...more].join(' · ') || null,
          group: about?.label ?? { en: entity, ko: entity },
          path: recordPath(entity, parts),
        },
      ]
    })
  },
}

function metaOf(client: StewardClient): Promise<Meta> {
  const asked = known.get(client)
  if (asked !== undefined && Date.now() - asked.at < 60_000) return asked.meta
  const meta = client.meta()
  known.set(client, { at: Date.now(), meta })
  meta.catch(() => known.delete(client))
  return meta
}

// The search box hands no language on: the page says which one it speaks.
function languageOfPage(): 'en' | 'ko' {
  return document.documentElement.lang === 'ko' ? 'ko' : 'en'
}
