// Which entries of the timeline are shown: that touched a field, or that somebody made.
import { Group, NativeSelect } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import type { SetTexts } from '@steward/ui'
import { usePhrase, useWords } from '@steward/ui'
import { actorsOf, actorText, type Entry, type EntryFilter, fieldsOf } from './group-entries.ts'
import { timelineWords } from './timeline-words.ts'

type Given = {
  entity: MetaEntity
  entries: readonly Entry[]
  filter: EntryFilter
  onChange: SetTexts<'field' | 'who'>
}

/** Two choices, kept in the address; fields are those that any of the entries has touched. */
export function TimelineFilter({ entity, entries, filter, onChange }: Given) {
  const words = useWords(timelineWords)
  const say = usePhrase()
  const names = new Set(entries.flatMap(({ changes }) => changes.flatMap(fieldsOf)))
  if (filter.field !== undefined) names.add(filter.field)
  const labels = new Map(entity.columns.map(({ name, label }) => [name, say(label)]))
  const fields = [...names].map((value) => ({ value, label: labels.get(value) ?? value }))
  const people = actorsOf(entries).map((actor) => ({ value: actorText(actor), label: actor.name ?? actor.id }))
  if (filter.who !== undefined && people.every(({ value }) => value !== filter.who)) {
    people.push({ value: filter.who, label: filter.who })
  }
  return (
    <Group gap={6}>
      <NativeSelect
        size="xs"
        w={130}
        aria-label={words.field}
        value={filter.field ?? ''}
        data={[{ value: '', label: words.anyField }, ...fields]}
        onChange={(event) => onChange({ field: event.currentTarget.value || null })}
      />
      <NativeSelect
        size="xs"
        w={130}
        aria-label={words.who}
        value={filter.who ?? ''}
        data={[{ value: '', label: words.anybody }, ...people]}
        onChange={(event) => onChange({ who: event.currentTarget.value || null })}
      />
    </Group>
  )
}
