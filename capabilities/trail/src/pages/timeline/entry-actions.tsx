// What can be done about an entry: open it, take it back, put the record back to its moment.
import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { printJson } from '@steward/base'
import type { MetaEntity, Values } from '@steward/sdk'
import { operationPath, revertPath, useSteward, useWords } from '@steward/ui'
import { IconArrowBackUp, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { linkSearch } from '../link-search.ts'
import type { Entry } from './group-entries.ts'
import styles from './timeline.module.css'
import { timelineWords } from './timeline-words.ts'

type Given = { entry: Entry; entity: MetaEntity; recordKey: Values }

/** The buttons of an entry; what was imported cannot be taken back. */
export function EntryActions({ entry, entity, recordKey }: Given) {
  const words = useWords(timelineWords)
  const { may } = useSteward()
  const { operation, changes } = entry
  const isRevertible = may('trail:revert') && !changes.some(({ imported }) => imported)
  const toThen = { entity: entity.entity, key: printJson(recordKey), to: changes[0].at }
  const [change] = changes
  return (
    <Group gap={4} wrap="nowrap" className={styles['actions'] ?? ''}>
      {isRevertible && (
        <Button
          component={Link}
          to={revertPath(operation.id)}
          size="compact-xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
        >
          {words.revert}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={words.more}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={operationPath(operation.id)}>
            {words.open}
          </Menu.Item>
          {isRevertible && changes.length === 1 && (
            <Menu.Item component={Link} to={revertPath(operation.id)} search={linkSearch({ change: change.id })}>
              {words.revertChange}
            </Menu.Item>
          )}
          {isRevertible && (
            <Menu.Item component={Link} to="/trail/revert" search={linkSearch(toThen)}>
              {words.revertTo}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
