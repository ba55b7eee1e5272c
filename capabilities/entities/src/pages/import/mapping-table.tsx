// What each column of the file becomes.
import { Code, ScrollArea, Select, Stack, Table, Text } from '@mantine/core'
import { usePhrase, useWords } from '@steward/ui'
import { importWords } from './import-words.ts'
import type { Import } from './use-import.ts'

export function MappingTable({ taken }: { taken: Import }) {
  const words = useWords(importWords)
  const say = usePhrase()
  const { table, mapping } = taken
  if (table === null) return null
  const { head, body, targets } = table
  const options = (own: string | null) =>
    targets
      .filter(({ name }) => name === own || !mapping.columns.includes(name))
      .map(({ name, label }) => ({ value: name, label: say(label) === name ? name : `${say(label)} (${name})` }))
  return (
    <Stack gap="xs">
      <ScrollArea>
        <Table verticalSpacing={4} aria-label={words.columns}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.inFile}</Table.Th>
              <Table.Th visibleFrom="sm">{words.example}</Table.Th>
              <Table.Th>{words.becomes}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {head.map((title, at) => {
              const name = title === '' ? words.nameless({ place: at + 1 }) : title
              return (
                // Columns of a file have nothing but their place.
                // biome-ignore lint/suspicious/noArrayIndexKey: as it says.
                <Table.Tr key={at}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td visibleFrom="sm">
                    {body.slice(0, 3).map((row, line) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing but their place.
                      <Code key={line} mr={4}>
                        {shortened(row[at] ?? '')}
                      </Code>
                    ))}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
                      aria-label={`${name}: ${words.becomes}`}
                      placeholder={words.leftOut}
                      clearable
                      searchable
                      data={options(mapping.columns[at] ?? null)}
                      value={mapping.columns[at] ?? null}
                      onChange={(column) => taken.choose({ columns: mapping.columns.with(at, column) })}
                    />
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {mapping.columns.every((column) => column === null) && <Text size="sm">{words.noneMapped}</Text>}
      <Text size="xs" c="dimmed">
        {words.emptyCells}
      </Text>
    </Stack>
  )
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text === '' ? '∅' : text
}
