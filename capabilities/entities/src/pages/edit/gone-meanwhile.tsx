// The record that was being edited is gone: what was typed is shown once more, to be copied.
import { Code } from '@mantine/core'
import { printJson } from '@steward/base'
import type { MetaEntity, Values } from '@steward/sdk'
import { CopyButton, EmptyState, PageLink, useWords } from '@steward/ui'
import { keyTextOf } from '../record/use-record.ts'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import { readDraft } from './kept-draft.ts'

/** Says so, with what was typed and the way to what the trail knows of it. */
export function GoneMeanwhile({ entity, recordKey, path }: { entity: MetaEntity; recordKey: Values; path: string }) {
  const words = useWords(editWords)
  const draft = readDraft(`${entity.entity} ${keyTextOf(entity, recordKey)}`)
  const typed = draft === null ? null : printJson(draft.edits)
  return (
    <EmptyState title={words.gone} action={<PageLink to={path}>{words.toRecord}</PageLink>}>
      {typed !== null && (
        <div>
          {words.goneText} <CopyButton text={typed} />
          <Code block className={classes['typed']}>
            {typed}
          </Code>
        </div>
      )}
    </EmptyState>
  )
}
