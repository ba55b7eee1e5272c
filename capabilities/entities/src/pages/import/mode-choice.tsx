// What becomes of rows whose record is there already, and of those whose record is not.
import { Radio, Stack, Text } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import { usePhrase, useWords } from '@steward/ui'
import type { ImportMode, Mapping } from './check-rows.ts'
import { importWords } from './import-words.ts'
import type { Import } from './use-import.ts'

export function ModeChoice({ entity, taken }: { entity: MetaEntity; taken: Import }) {
  const words = useWords(importWords)
  const say = usePhrase()
  const missing = missingKey(entity, taken.mapping)
  const modes: { value: ImportMode; label: string; isPossible: boolean }[] = [
    { value: 'upsert', label: words.modeUpsert, isPossible: may(entity, 'insert') && may(entity, 'update') },
    { value: 'insert', label: words.modeInsert, isPossible: may(entity, 'insert') },
    { value: 'update', label: words.modeUpdate, isPossible: may(entity, 'update') },
  ]
  const possible = modes.filter(({ isPossible, value }) => isPossible && (value === 'insert' || entity.key.length > 0))
  return (
    <Radio.Group label={words.mode} value={taken.mapping.mode} onChange={(mode) => taken.choose({ mode })}>
      <Stack gap={6} mt={6}>
        {possible.map(({ value, label }) => (
          <Radio key={value} size="xs" value={value} label={label} />
        ))}
        {missing !== null && (
          <Text size="sm" c="red">
            {words.keyMissing({ key: labels(entity, missing, say) })}
          </Text>
        )}
      </Stack>
    </Radio.Group>
  )
}

/** The columns of the key that the file has not, where they are needed; null where nothing is missing. */
export function missingKey({ key }: MetaEntity, { mode, columns }: Mapping): string[] | null {
  const missing = key.filter((name) => !columns.includes(name))
  return mode === 'insert' || missing.length === 0 ? null : missing
}

function may({ writes }: MetaEntity, kind: 'insert' | 'update'): boolean {
  return writes.includes(kind)
}

function labels({ columns }: MetaEntity, names: readonly string[], say: ReturnType<typeof usePhrase>): string {
  return names.map((name) => say(columns.find((one) => one.name === name)?.label ?? { en: name, ko: name })).join(', ')
}
