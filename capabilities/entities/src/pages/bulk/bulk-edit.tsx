// Sets columns of all chosen records to the same values, after showing exactly what changes.
import { Button, Group, MultiSelect, Text } from '@mantine/core'
import { ColumnField, SubmitButton, usePhrase, useWords } from '@steward/ui'
import { useState } from 'react'
import { selectedCount } from '../list/selection.ts'
import { BulkDialog, type BulkProps, BulkRehearsal } from './bulk-dialog.tsx'
import { bulkWords } from './bulk-words.ts'

type Draft = Readonly<Record<string, string | null | undefined>>

export default function BulkEdit(given: BulkProps) {
  const { entity, selection, onClose } = given
  const words = useWords(bulkWords)
  const say = usePhrase()
  const [draft, setDraft] = useState<Draft>({})
  const [isPreviewed, setPreviewed] = useState(false)
  const columns = entity.columns.filter(({ writable, isKey }) => writable && !isKey)
  const names = Object.keys(draft)
  const values = Object.entries(draft).filter((entry): entry is [string, string | null] => entry[1] !== undefined)
  const title = words.editTitle({ count: selectedCount(selection), entity: say(entity.label) })
  if (isPreviewed) {
    const back = (
      <Button variant="subtle" onClick={() => setPreviewed(false)}>
        {words.again}
      </Button>
    )
    return (
      <BulkDialog title={title} onClose={onClose}>
        <BulkRehearsal {...given} write={{ method: 'PATCH', values: Object.fromEntries(values) }} back={back} />
      </BulkDialog>
    )
  }
  return (
    <BulkDialog title={title} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {words.chooseHint}
      </Text>
      <MultiSelect
        label={words.choose}
        searchable
        data-autofocus
        data={columns.map(({ name, label }) => ({ value: name, label: say(label) }))}
        value={names}
        onChange={(chosen) => setDraft(Object.fromEntries(chosen.map((name) => [name, draft[name]])))}
      />
      {columns
        .filter(({ name }) => names.includes(name))
        .map((column) => (
          <ColumnField
            key={column.name}
            column={column}
            value={draft[column.name]}
            onChange={(value) => setDraft((before) => ({ ...before, [column.name]: value }))}
          />
        ))}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <SubmitButton
          isDisabled={values.length === 0 || values.length < names.length}
          onClick={() => setPreviewed(true)}
        >
          {words.preview}
        </SubmitButton>
      </Group>
    </BulkDialog>
  )
}
