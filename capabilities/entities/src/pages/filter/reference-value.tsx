// The record that a column refers to: found by what people call it, kept by its key.
import { Combobox, Pill, PillsInput, Stack, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Values } from '@steward/sdk'
import { useSteward, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { cursorText } from '../list/keyset.ts'
import type { AskedValues } from './asked-values.ts'
import { valueCount } from './clause.ts'
import { filterWords } from './filter-words.ts'
import { useReferenceTitles } from './use-reference-titles.ts'

type Reference = AskedValues & { references: { entity: string; column: string } }

export function ReferenceValue({ column, operator, values, onChange, references }: Reference) {
  const words = useWords(filterWords)
  const { client } = useSteward()
  const combobox = useCombobox()
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text.trim(), 250)
  const titles = useReferenceTitles(column, { field: '', operator: 'anyOf', values })
  const { data } = useQuery({
    queryKey: ['entities', 'reference', references.entity, sought],
    enabled: sought.length > 1,
    queryFn: ({ signal }) => client.search(sought, { signal }),
  })
  const hits = (data?.hits ?? []).filter(({ entity }) => entity === references.entity).slice(0, 8)
  const isMany = valueCount(operator) === null
  const add = (value: string) => {
    if (value !== '') onChange(isMany ? [...new Set([...values, value])] : [value])
    setText('')
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} withinPortal={false} onOptionSubmit={add}>
      <Combobox.Target>
        <PillsInput label={isMany ? words.values : words.value} size="xs">
          <Pill.Group>
            {values.map((value) => (
              <Pill key={value} withRemoveButton onRemove={() => onChange(values.filter((one) => one !== value))}>
                {titles.get(value) ?? value}
              </Pill>
            ))}
            <PillsInput.Field
              value={text}
              onFocus={() => combobox.openDropdown()}
              // A key that was typed; where something was found it is chosen from there.
              onBlur={() => hits.length === 0 && add(text.trim())}
              onChange={(event) => {
                setText(event.currentTarget.value)
                combobox.openDropdown()
              }}
            />
          </Pill.Group>
        </PillsInput>
      </Combobox.Target>
      <Combobox.Dropdown hidden={hits.length === 0}>
        <Combobox.Options>
          {hits.map(({ key, label }) => {
            const value = keyText(key, references.column)
            return (
              <Combobox.Option key={value} value={value}>
                <Stack gap={0}>
                  <Text size="sm">{label}</Text>
                  <Text size="xs" c="dimmed">
                    {value}
                  </Text>
                </Stack>
              </Combobox.Option>
            )
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function keyText(key: Values, column: string): string {
  return cursorText(key[column] ?? Object.values(key)[0]) ?? ''
}
