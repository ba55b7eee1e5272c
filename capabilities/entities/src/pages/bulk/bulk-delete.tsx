// Deletes the chosen records, after showing all that goes with them.
import { usePhrase, useWords } from '@steward/ui'
import { selectedCount } from '../list/selection.ts'
import { BulkDialog, type BulkProps, BulkRehearsal } from './bulk-dialog.tsx'
import { bulkWords } from './bulk-words.ts'

export default function BulkDelete(given: BulkProps) {
  const words = useWords(bulkWords)
  const say = usePhrase()
  const title = words.deleteTitle({ count: selectedCount(given.selection), entity: say(given.entity.label) })
  return (
    <BulkDialog title={title} onClose={given.onClose}>
      <BulkRehearsal {...given} write={{ method: 'DELETE' }} />
    </BulkDialog>
  )
}
