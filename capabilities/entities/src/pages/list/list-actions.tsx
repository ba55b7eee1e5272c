// What can be done in a list as a whole: make a record, take in and hand out files.
import { Button, Group, Text } from '@mantine/core'
import { ErrorNotice, entityPath, useSteward, useWords } from '@steward/ui'
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { type Exported, exportRecords } from './export-records.ts'
import { listWords } from './list-words.ts'
import type { List } from './use-list.ts'

export function ListActions({ list }: { list: List }) {
  const { entity } = list
  const words = useWords(listWords)
  const mayInsert = entity.writes.includes('insert')
  const mayImport = mayInsert || (entity.writes.includes('update') && entity.key.length > 0)
  const path = entityPath(entity.entity)
  return (
    <Group gap="xs" align="center">
      <ExportButton list={list} />
      {mayImport && (
        <Button
          component={Link}
          to={`${path}/-/import`}
          variant="default"
          size="xs"
          leftSection={<IconUpload size={14} stroke={1.5} />}
        >
          {words.importCsv}
        </Button>
      )}
      {mayInsert && (
        <Button component={Link} to={`${path}/-/new`} size="xs" leftSection={<IconPlus size={14} stroke={1.5} />}>
          {words.create}
        </Button>
      )}
    </Group>
  )
}

/** Reads everything that the list would show, page by page, and says whether the file is complete. */
function ExportButton({ list: { entity, entities, state } }: { list: List }) {
  const words = useWords(listWords)
  const { client } = useSteward()
  const [count, setCount] = useState(0)
  const stop = useRef<AbortController | null>(null)
  const work = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      setCount(0)
      return exportRecords(client, { entity, entities, state, signal: stop.current.signal, onProgress: setCount })
    },
    onSuccess: (exported) => exported.file !== null && save(exported.file, `${entity.entity}.csv`),
  })
  if (work.isPending) {
    return (
      <Group gap={6}>
        <Text size="sm" aria-live="polite">
          {words.exporting({ count })}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={() => stop.current?.abort()}>
          {words.cancel}
        </Button>
      </Group>
    )
  }
  return (
    <>
      {work.isError && <ErrorNotice error={work.error} />}
      {work.data !== undefined && (
        <Text size="xs" c="dimmed" role="status">
          {sayExported(work.data, words)}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} stroke={1.5} />}
        onClick={() => work.mutate()}
      >
        {words.exportCsv}
      </Button>
    </>
  )
}

function sayExported({ file, count, isComplete }: Exported, words: (typeof listWords)['en']): string {
  if (file === null) return words.exportStopped({ count })
  return isComplete ? words.exported({ count }) : words.exportCut({ count })
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has to have begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
