// Which columns a list shows, and in which order; the address remembers it.
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core'
import { usePhrase, useWords } from '@steward/ui'
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react'
import { shownColumns } from './list-state.ts'
import { listWords } from './list-words.ts'
import type { List } from './use-list.ts'

export function ColumnChooser({ list }: { list: List }) {
  const words = useWords(listWords)
  return (
    <Popover position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={14} stroke={1.5} />}>
          {words.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={360} type="auto">
          <ColumnList list={list} />
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

function ColumnList({ list: { entity, state, show } }: { list: List }) {
  const words = useWords(listWords)
  const say = usePhrase()
  const shown = shownColumns(state, entity).map(({ name }) => name)
  const others = entity.columns.filter(({ name, readable }) => readable && !shown.includes(name))
  const columns = [...shown.flatMap((name) => entity.columns.find((one) => one.name === name) ?? []), ...others]
  const set = (names: string[]) => names.length > 0 && show({ columns: names, place: state.place })
  const move = (at: number, by: number) => {
    const names = [...shown]
    const [name = ''] = names.splice(at, 1)
    names.splice(at + by, 0, name)
    set(names)
  }
  return (
    <Stack gap={4} miw={240}>
      {columns.map((column, at) => (
        <Group key={column.name} justify="space-between" wrap="nowrap" gap="xs">
          <Checkbox
            size="xs"
            label={say(column.label)}
            checked={at < shown.length}
            disabled={shown.length === 1 && at === 0}
            onChange={() =>
              set(at < shown.length ? shown.filter((name) => name !== column.name) : [...shown, column.name])
            }
          />
          {at < shown.length && (
            <Group gap={0} wrap="nowrap">
              <ActionIcon
                variant="subtle"
                size="sm"
                color="gray"
                disabled={at === 0}
                aria-label={words.moveUp({ column: say(column.label) })}
                onClick={() => move(at, -1)}
              >
                <IconChevronUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                size="sm"
                color="gray"
                disabled={at === shown.length - 1}
                aria-label={words.moveDown({ column: say(column.label) })}
                onClick={() => move(at, 1)}
              >
                <IconChevronDown size={14} />
              </ActionIcon>
            </Group>
          )}
        </Group>
      ))}
      {state.columns !== null && (
        <Button variant="subtle" size="compact-xs" onClick={() => show({ columns: null, place: state.place })}>
          {words.resetColumns}
        </Button>
      )}
    </Stack>
  )
}
