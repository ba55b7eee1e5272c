// The file: chosen or pasted, and how it is to be read.
import { Alert, Checkbox, FileInput, Group, Loader, Select, Stack, Text, Textarea } from '@mantine/core'
import { useWords } from '@steward/ui'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { importWords } from './import-words.ts'
import { type Import, mostBytes, mostRows } from './use-import.ts'

export function FileChoice({ taken }: { taken: Import }) {
  const words = useWords(importWords)
  const { source, table, isReading } = taken
  return (
    <Stack gap="xs">
      <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
        <FileInput
          label={words.chooseFile}
          placeholder={words.noFile}
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          leftSection={isReading ? <Loader size={14} /> : <IconFileSpreadsheet size={16} stroke={1.5} />}
          clearable
          onChange={(file) => void taken.readFile(file)}
        />
        <Textarea
          label={words.paste}
          autosize
          minRows={4}
          maxRows={8}
          onChange={(event) => taken.readText(event.currentTarget.value)}
        />
      </Group>
      {source !== null && source.bytes > mostBytes && (
        <Alert color="yellow">{words.tooLarge({ size: megabytes(source.bytes), most: megabytes(mostBytes) })}</Alert>
      )}
      {table !== null && table.body.length > mostRows && (
        <Alert color="yellow">{words.tooManyRows({ count: table.body.length, most: mostRows })}</Alert>
      )}
      {table !== null && source !== null && source.bytes <= mostBytes && (
        <Group gap="md" align="center">
          <Text size="sm" role="status">
            {source.encoding === null
              ? words.pasted({ count: table.body.length })
              : words.read({ count: table.body.length, encoding: source.encoding })}
          </Text>
          <Select
            aria-label={words.delimiter}
            size="xs"
            w={140}
            allowDeselect={false}
            data={[
              { value: ',', label: words.comma },
              { value: '\t', label: words.tab },
              { value: ';', label: words.semicolon },
              { value: '|', label: words.bar },
            ]}
            value={table.delimiter}
            onChange={(delimiter) => taken.choose({ delimiter, columns: null })}
          />
          <Checkbox
            size="xs"
            label={words.hasHeader}
            checked={table.hasHeader}
            onChange={(event) => taken.choose({ hasHeader: event.currentTarget.checked, columns: null })}
          />
        </Group>
      )}
    </Stack>
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
