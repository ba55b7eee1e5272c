// What stands in the way of a revert, and the choice where there is one.
import { Button, Radio, Stack, Text } from '@mantine/core'
import {
  ActorName,
  DataTable,
  Moment,
  operationPath,
  PageLink,
  RecordLink,
  Section,
  useMeta,
  usePhrase,
  useWords,
  Value,
} from '@steward/ui'
import { useState } from 'react'
import type { PlanConflict, RevertAnswer } from '../answers.ts'
import { valueBefore } from './plan-of-revert.ts'
import { revertWords } from './revert-words.ts'
import type { Choice } from './use-plan.ts'

type Given = {
  conflicts: readonly PlanConflict[]
  /** The plan that overwrites: it knows what was there before. */
  forced: RevertAnswer | undefined
  choice?: Choice
  onChoose?: (choice: Choice) => void
}

const pageSize = 50

/** A row a conflict: what it was, what the operation wrote, what is there now, by whom, and why it stands in the way. */
export function Conflicts({ conflicts, forced, choice, onChoose }: Given) {
  const words = useWords(revertWords)
  const [shown, setShown] = useState(pageSize)
  const names = useNames()
  return (
    <Section title={words.conflictsTitle}>
      <DataTable
        label={words.conflictsTitle}
        rows={conflicts.slice(0, shown).map((conflict, place) => ({ conflict, place }))}
        rowKey={({ place }) => String(place)}
        isDense={false}
        columns={[
          {
            id: 'record',
            header: words.record,
            render: ({ conflict: { entity, key } }) => (
              <span>
                {names.entity(entity)} {key !== null && <RecordLink entity={entity} recordKey={key} />}
              </span>
            ),
          },
          {
            id: 'column',
            header: words.column,
            render: ({ conflict: { entity, column } }) => (column === null ? null : names.column(entity, column)),
          },
          {
            id: 'was',
            header: words.was,
            render: ({ conflict }) => {
              const before = valueBefore(conflict, forced)
              return before === undefined ? null : <Value value={before} isCompact />
            },
          },
          {
            id: 'wrote',
            header: words.wrote,
            render: ({ conflict }) => (conflict.column === null ? null : <Value value={conflict.wrote} isCompact />),
          },
          {
            id: 'now',
            header: words.now,
            render: ({ conflict }) =>
              conflict.column === null || conflict.reason === 'referenced' ? null : (
                <Value value={conflict.now} isCompact />
              ),
          },
          { id: 'by', header: words.by, render: ({ conflict: { by } }) => by && <Editor by={by} /> },
          { id: 'why', header: words.why, render: ({ conflict }) => <Why conflict={conflict} /> },
        ]}
        footer={
          conflicts.length > shown && (
            <Button variant="default" size="xs" onClick={() => setShown(shown + pageSize)}>
              {words.conflicts({ count: conflicts.length - shown })}
            </Button>
          )
        }
      />
      {choice !== undefined && onChoose !== undefined && (
        <Radio.Group
          mt="md"
          label={words.choice}
          value={choice}
          onChange={(value) => onChoose(value === 'force' ? 'force' : 'skip')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="skip" label={words.keep} description={words.keepHint} />
            <Radio value="force" label={words.overwrite} description={words.overwriteHint} />
          </Stack>
        </Radio.Group>
      )}
    </Section>
  )
}

function Editor({ by }: { by: NonNullable<PlanConflict['by']> }) {
  return (
    <span>
      <PageLink to={operationPath(by.id)}>
        <ActorName actor={by.actor} />
      </PageLink>{' '}
      <Moment at={by.at} />
    </span>
  )
}

function Why({ conflict: { reason, now } }: { conflict: PlanConflict }) {
  const words = useWords(revertWords)
  const names = useNames()
  const phrases: Readonly<Record<string, string>> = {
    edited: words.edited,
    gone: words.gone,
    recreated: words.recreated,
    taken: words.taken,
    'parent-missing': words['parent-missing'],
    referenced: words.referenced({ by: typeof now === 'string' ? names.entity(now) : null }),
    'not-recorded': words['not-recorded'],
    'attribute-gone': words['attribute-gone'],
    'no-key': words['no-key'],
  }
  return (
    <Text size="sm" span>
      {phrases[reason] ?? words.cannot}
    </Text>
  )
}

/** Labels of entities and columns, as far as the person may see them. */
function useNames() {
  const say = usePhrase()
  const { data: meta } = useMeta()
  const find = (name: string) => meta?.entities.find(({ entity }) => entity === name)
  return {
    entity: (name: string) => {
      const label = find(name)?.label
      return label === undefined ? name : say(label)
    },
    column: (entity: string, name: string) => {
      const label = find(entity)?.columns.find((each) => each.name === name)?.label
      return label === undefined ? name : say(label)
    },
  }
}
