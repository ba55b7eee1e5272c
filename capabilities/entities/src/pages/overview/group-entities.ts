// Entities by their schema, those alone whose name, label or description has the text.
import type { MetaEntity } from '@steward/sdk'
import type { Language } from '@steward/ui'

/** Entities of one schema. */
export type EntityGroup = { schema: string; entities: MetaEntity[] }

/** The groups in the order of their schemas, `public` first, each in the order of its labels. */
export function groupEntities(
  entities: readonly MetaEntity[],
  { text, language }: { text: string; language: Language },
): EntityGroup[] {
  const sought = text.trim().toLowerCase()
  const found = entities.filter(({ entity, label, description }) =>
    [entity, label.en, label.ko, description?.[language] ?? ''].some((each) => each.toLowerCase().includes(sought)),
  )
  const groups = Map.groupBy(found, ({ schema }) => schema)
  return [...groups]
    .map(([schema, members]) => ({
      schema,
      entities: members.toSorted((one, other) => one.label[language].localeCompare(other.label[language], language)),
    }))
    .toSorted((one, other) => rank(one.schema).localeCompare(rank(other.schema)))
}

const rank = (schema: string): string => (schema === 'public' ? '' : schema)
