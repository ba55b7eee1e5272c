// What opens above a record: one of its fields to be edited, or its removal.
import { Modal } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import { LoadingRows, usePhrase, useWords } from '@steward/ui'
import { lazy, Suspense } from 'react'
import { editWords } from '../edit/edit-words.ts'
import type { ReadRecord } from './read-record.ts'
import { recordTitle } from './record-title.ts'
import type { Panel } from './use-panel.ts'

// Who only reads loads no form.
const EditRecord = lazy(() => import('../edit/edit-record.tsx').then((made) => ({ default: made.EditRecord })))
const DeleteRecord = lazy(() => import('../edit/delete-record.tsx').then((made) => ({ default: made.DeleteRecord })))

type Given = { entity: MetaEntity; recordKey: Values; found: ReadRecord; panel: Panel }

/** The panel that the address names, where the person may use it. */
export function RecordPanels({ entity, recordKey, found, panel }: Given) {
  const words = useWords(editWords)
  const say = usePhrase()
  const { open, close } = panel
  if (open === null) return null
  const { title } = recordTitle(entity, recordKey, found.record)
  const same = { entity, recordKey, found, onDone: close, onCancel: close }
  if (open.kind === 'delete')
    return entity.writes.includes('delete') ? (
      <Modal opened onClose={close} size="xl" title={words.deleteTitle({ name: title })}>
        <Suspense fallback={<LoadingRows rows={4} />}>
          <DeleteRecord {...same} />
        </Suspense>
      </Modal>
    ) : null
  const column = entity.columns.find(({ name, writable }) => writable && name === open.column)
  if (column === undefined || !entity.writes.includes('update')) return null
  return (
    <Modal opened onClose={close} size="lg" title={`${title} · ${say(column.label)}`}>
      <Suspense fallback={<LoadingRows rows={2} />}>
        <EditRecord key={column.name} {...same} only={[column.name]} />
      </Suspense>
    </Modal>
  )
}
