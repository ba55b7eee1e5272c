// Two people have written the same field: what it was, what they wrote, what you wrote, and which of it stays.
import { SegmentedControl, Text } from '@mantine/core'
import type { Change, MetaColumn, MetaEntity, Values } from '@steward/sdk'
import { ActorName, Moment, SubmitButton, usePhrase, useSteward, useWords, Value } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keyTextOf } from '../record/use-record.ts'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import { type Collision, type Merged, settle, type Texts } from './merge-edits.ts'

type Given = {
  entity: MetaEntity
  recordKey: Values
  merged: Merged
  onSettled: (edits: Texts) => void
}

/** Asks for each field that collides; what they wrote stays unless somebody chooses otherwise. */
export function CollisionView({ entity, recordKey, merged, onSettled }: Given) {
  const words = useWords(editWords)
  const say = usePhrase()
  const [choices, setChoices] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const latest = useLatestChanges(entity, recordKey, merged)
  const nameOf = (name: string) => {
    const column = entity.columns.find((one) => one.name === name)
    return column === undefined ? name : say(column.label)
  }
  return (
    <section className={classes['page']} aria-live="polite">
      <div className={classes['note']} data-kind="warning">
        <strong>{words.collided({ count: merged.collisions.length })}</strong>
        <span>{words.collidedText}</span>
      </div>
      {merged.collisions.map((collision) => (
        <OneCollision
          key={collision.column}
          collision={collision}
          column={entity.columns.find(({ name }) => name === collision.column) ?? null}
          label={nameOf(collision.column)}
          change={latest.find(({ after }) => after !== null && Object.hasOwn(after, collision.column)) ?? null}
          choice={choices[collision.column] ?? 'theirs'}
          onChoose={(choice) => setChoices({ ...choices, [collision.column]: choice })}
        />
      ))}
      {merged.theirs.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.alsoTheirs({ names: merged.theirs.map(nameOf).join(', ') })}
        </Text>
      )}
      <div className={classes['buttons']}>
        <SubmitButton onClick={() => onSettled(settle(merged, choices))}>{words.goOn}</SubmitButton>
      </div>
    </section>
  )
}

type OneGiven = {
  collision: Collision
  column: MetaColumn | null
  label: string
  change: Change | null
  choice: 'mine' | 'theirs'
  onChoose: (choice: 'mine' | 'theirs') => void
}

function OneCollision({ collision, column, label, change, choice, onChoose }: OneGiven) {
  const words = useWords(editWords)
  const sides = [
    { name: words.was, value: collision.was },
    { name: words.theirs, value: collision.theirs },
    { name: words.mine, value: collision.mine },
  ]
  return (
    <div className={classes['collision']} role="group" aria-label={label}>
      <div className={classes['collisionHead']}>
        <Text fw={600}>{label}</Text>
        <SegmentedControl
          size="xs"
          value={choice}
          onChange={(chosen) => onChoose(chosen === 'mine' ? 'mine' : 'theirs')}
          data={[
            { value: 'theirs', label: words.keepTheirs },
            { value: 'mine', label: words.keepMine },
          ]}
        />
      </div>
      {sides.map(({ name, value }) => (
        <div key={name} className={classes['side']}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Value value={value} column={column} />
          {name === words.theirs && change !== null && (
            <span className={classes['who']}>
              <ActorName actor={change.operation.actor} />
              <Moment at={change.at} />
              {change.operation.reason}
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

/** Who wrote what lately, newest first; nothing where there is no trail, or it may not be asked. */
function useLatestChanges(entity: MetaEntity, recordKey: Values, merged: Merged): readonly Change[] {
  const { client, may } = useSteward()
  const names = merged.collisions.map(({ column }) => column)
  const { data } = useQuery({
    queryKey: ['trail', 'history', entity.entity, keyTextOf(entity, recordKey), 'collided', names],
    queryFn: ({ signal }) => client.history(entity.entity, recordKey, { limit: 20, signal }),
    enabled: entity.isTracked === true && may('trail:history'),
    structuralSharing: false,
  })
  return data ?? []
}
