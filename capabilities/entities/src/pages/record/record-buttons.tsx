// What can be done with a record: edit it, act on it, hand it on, remove it.
import { ActionIcon, Button, Kbd, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { printJson } from '@steward/base'
import type { MetaEntity, Values } from '@steward/sdk'
import { keyParts, notifyDone, Place, recordPath, useShortcut, useWords } from '@steward/ui'
import { IconBraces, IconDots, IconLink, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { recordWords } from './record-words.ts'
import type { Panel } from './use-panel.ts'

type Given = {
  entity: MetaEntity
  recordKey: Values
  /** As it is now; null where it is gone. */
  record: Values | null
  /** As the page shows it. */
  shown: Values
  panel: Panel
}

/** The buttons at the head of a record. */
export function RecordButtons({ entity, recordKey, record, shown, panel }: Given) {
  const words = useWords(recordWords)
  const navigate = useNavigate()
  const { copy } = useClipboard()
  const parts = keyParts(entity.key, recordKey) ?? []
  const path = recordPath(entity.entity, parts)
  const isEditable = record !== null && entity.writes.includes('update')
  const isRemovable = record !== null && entity.writes.includes('delete')
  const edit = useCallback(() => void navigate({ to: `${path}/edit` }), [navigate, path])
  useShortcut('e', { en: 'Edit this record', ko: '이 항목 수정' }, isEditable ? edit : null)
  const copyText = (text: string) => {
    copy(text)
    notifyDone({ message: words.copied })
  }
  return (
    <>
      <Place name="record.actions" given={{ entity, recordKey, record }} />
      {isEditable && (
        <Button size="sm" variant="default" onClick={edit} rightSection={<Kbd size="xs">e</Kbd>}>
          {words.edit}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copyText(new URL(location.href).href)}>
            {words.copyLink}
          </Menu.Item>
          <Menu.Item leftSection={<IconBraces size={16} />} onClick={() => copyText(printJson(shown))}>
            {words.copyJson}
          </Menu.Item>
          {isRemovable && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={panel.remove}>
              {words.delete}…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
