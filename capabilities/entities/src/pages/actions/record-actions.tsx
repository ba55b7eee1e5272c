// The menu of what the service can do with a record.
import { Button, Menu, Text } from '@mantine/core'
import { type RecordSubject, usePhrase, useWords } from '@steward/ui'
import { IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { actionPath } from './action-path.ts'
import { actionWords } from './action-words.ts'
import { prefillOf } from './prefill.ts'

/** Fills the place `record.actions`; nothing where the entity has no action that the person may perform. */
export default function RecordActions({ entity, recordKey }: RecordSubject) {
  const words = useWords(actionWords)
  const say = usePhrase()
  const navigate = useNavigate()
  if (entity.actions.length === 0) return null
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button size="sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {words.actions}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say(entity.label)}</Menu.Label>
        {entity.actions.map(({ procedure, summary, effect, input }) => (
          <Menu.Item
            key={procedure}
            {...(effect === 'danger' ? { color: 'red' } : {})}
            onClick={() => void navigate(actionPath(procedure, prefillOf(input, { entity, recordKey })))}
          >
            {summary}
            <Text size="xs" c="dimmed" ff="monospace">
              {procedure}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
