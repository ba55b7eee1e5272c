// Exactly what would change, or has: grouped by entity, a page at a time.
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { usePhrase, useWords } from '../language/language-provider.tsx'
import { useEntity, useMeta } from '../server/use-meta.ts'
import { ChangeRow } from './change-row.tsx'
import type { ShownChange } from './change-subject.ts'
import { changeWords } from './change-words.ts'
import classes from './diff-preview.module.css'
import { type ChangeGroup, groupChanges } from './group-changes.ts'
import { parentsFirst } from './parents-first.ts'

/** So many rows are drawn at once, however many there are. */
const pageSize = 50

/**
 * Every change, grouped by entity with counts, fifty rows at a time however many there are. `areDone` says that they have happened, so
 * that new rows can be linked to; in a dry run they exist nowhere. `isRestoring` says that new rows come back under the keys that they had,
 * so that these can be told beforehand.
 *
 * @example
 * <DiffPreview changes={rehearsed.changes} />
 */
export function DiffPreview({
  changes,
  areDone = false,
  isRestoring = false,
}: {
  changes: readonly ShownChange[]
  areDone?: boolean | undefined
  isRestoring?: boolean | undefined
}) {
  const words = useWords(changeWords)
  const { data: meta } = useMeta()
  const groups = useMemo(() => groupChanges(parentsFirst(changes, meta)), [changes, meta])
  if (groups.length === 0) return <p className={classes.nothing}>{words.noChanges}</p>
  return (
    <div className={classes.groups}>
      {groups.map((group) => (
        <Group key={group.entity} group={group} areDone={areDone} isRestoring={isRestoring} />
      ))}
    </div>
  )
}

function Group({ group, areDone, isRestoring }: { group: ChangeGroup; areDone: boolean; isRestoring: boolean }) {
  const say = usePhrase()
  const meta = useEntity(group.entity)
  const [isOpen, setOpen] = useState(true)
  const [start, setStart] = useState(0)
  const shown = group.changes.slice(start, start + pageSize)
  return (
    <section className={classes.group}>
      <div className={classes.head}>
        <UnstyledButton className={classes.title} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          <IconChevronDown size={14} className={classes.chevron} data-open={isOpen || undefined} />
          {meta == null ? group.entity : say(meta.label)}
        </UnstyledButton>
        <Counts group={group} />
        {isOpen && <Pager count={group.changes.length} start={start} onStart={setStart} />}
      </div>
      {isOpen && (
        <ol className={classes.rows}>
          {shown.map((change, at) => (
            <ChangeRow
              key={start + at}
              change={change}
              entity={meta ?? null}
              isDone={areDone}
              isRestoring={isRestoring}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

function Counts({ group }: { group: ChangeGroup }) {
  const words = useWords(changeWords)
  const { insert, update, delete: gone, truncate } = group.counts
  return (
    <span className={classes.counts}>
      {insert > 0 && <span data-kind="insert">{words.inserts({ count: insert })}</span>}
      {update > 0 && <span data-kind="update">{words.updates({ count: update })}</span>}
      {gone > 0 && <span data-kind="delete">{words.deletes({ count: gone })}</span>}
      {truncate > 0 && <span data-kind="delete">{words.truncates({ count: truncate })}</span>}
    </span>
  )
}

function Pager({ count, start, onStart }: { count: number; start: number; onStart: (start: number) => void }) {
  const words = useWords(changeWords)
  if (count <= pageSize) return null
  const end = Math.min(count, start + pageSize)
  return (
    <span className={classes.pager}>
      <span aria-live="polite">{words.rowsShown({ from: start + 1, to: end, count })}</span>
      <ActionIcon
        variant="default"
        size={24}
        aria-label={words.previous}
        disabled={start === 0}
        onClick={() => onStart(start - pageSize)}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={24}
        aria-label={words.next}
        disabled={end === count}
        onClick={() => onStart(start + pageSize)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </span>
  )
}
