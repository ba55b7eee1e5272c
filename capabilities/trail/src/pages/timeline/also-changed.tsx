// What else an operation changed: asked for when somebody wants to know, since it may be much.
import { Anchor, Stack, Text } from '@mantine/core'
import type { MetaEntity, Operation, Values } from '@steward/sdk'
import { DiffPreview, Loaded, summaryOf, useLanguage, useMeta, useWords, valueText } from '@steward/ui'
import { useState } from 'react'
import type { OperationAnswer } from '../answers.ts'
import { useOperation } from '../operation/use-operation.ts'
import { timelineWords } from './timeline-words.ts'

type Given = { operation: Operation; entity: MetaEntity; recordKey: Values }

/** Unfolds to the records that the operation changed beside this one. */
export function AlsoChanged({ operation, entity, recordKey }: Given) {
  const words = useWords(timelineWords)
  const [isOpen, setOpen] = useState(false)
  const answer = useOperation(operation.id, isOpen)
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        ta="start"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? words.hideAlso : words.also}
      </Anchor>
      {isOpen && (
        <Stack gap={4}>
          <Loaded query={answer}>
            {({ changes, hidden = 0 }) => <Others changes={othersOf(changes, entity, recordKey)} hidden={hidden} />}
          </Loaded>
        </Stack>
      )}
    </>
  )
}

function Others({ changes, hidden }: { changes: OperationAnswer['changes']; hidden: number }) {
  const words = useWords(timelineWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  return (
    <>
      <Text size="sm">
        {changes.length === 0 && hidden === 0 ? words.onlyThis : null}
        {changes.length > 0 ? words.alsoThese({ summary: summaryOf(changes, meta, language) }) : null}
      </Text>
      {hidden > 0 && <Text size="sm">{words.alsoHidden({ hidden })}</Text>}
      {changes.length > 0 && <DiffPreview changes={changes} />}
    </>
  )
}

function othersOf(changes: OperationAnswer['changes'], { entity }: MetaEntity, recordKey: Values) {
  const isThis = ({ entity: name, key }: { entity: string; key: Values | null }) =>
    name === entity &&
    key !== null &&
    Object.entries(recordKey).every(([column, value]) => valueText(key[column]) === valueText(value))
  return changes.filter((change) => !isThis(change))
}
