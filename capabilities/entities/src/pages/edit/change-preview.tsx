// What a write would do, exactly: with what triggers and cascades add; or what can be told where no trail shows it.
import type { MetaEntity } from '@steward/sdk'
import { DiffPreview, Section, useWords } from '@steward/ui'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import type { Shown } from './use-write.ts'

/** The changes of a rehearsal, below a heading. */
export function ChangePreview({ entity, shown }: { entity: MetaEntity; shown: Shown }) {
  const words = useWords(editWords)
  const note = shown.isWhole ? null : entity.isTracked === true ? words.noRehearsal : words.notTracked
  return (
    <Section title={words.previewTitle}>
      {note !== null && (
        <div className={classes['note']} data-kind="warning">
          {note}
        </div>
      )}
      {shown.changes.length === 0 ? <p>{words.noChange}</p> : <DiffPreview changes={shown.changes} />}
    </Section>
  )
}
