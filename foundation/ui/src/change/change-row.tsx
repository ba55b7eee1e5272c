// One row of a diff: which record, what happened to it, and its fields.

import type { MetaEntity, Values } from '@steward/sdk'
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react'
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import { keyLabel, RecordLink } from '../page/record-link.tsx'
import { valueText } from '../value/value-text.ts'
import classes from './change-row.module.css'
import type { ShownChange } from './change-subject.ts'
import { changeWords } from './change-words.ts'
import { ChangedFields } from './changed-fields.tsx'

const icons = { insert: IconPlus, update: IconPencil, delete: IconMinus, truncate: IconMinus }

/** A row of a diff; a record that exists is linked to. */
export function ChangeRow({
  change,
  entity,
  isDone,
  isRestoring,
}: {
  change: ShownChange
  entity: MetaEntity | null
  isDone: boolean
  isRestoring: boolean
}) {
  const words = useWords(changeWords)
  const Icon = icons[change.kind]
  const exists = change.kind !== 'insert' || isDone
  return (
    <li className={classes.row}>
      <span
        className={classes.kind}
        data-kind={change.kind}
        role="img"
        aria-label={words[change.kind]}
        {...hint(words[change.kind])}
      >
        <Icon size={12} stroke={2.5} />
      </span>
      <div className={classes.body}>
        <span className={classes.name}>
          {change.key !== null && exists ? (
            <RecordLink entity={change.entity} recordKey={change.key} label={undefined} />
          ) : (
            <span>
              {(isRestoring ? keptName(change, entity) : null) ?? (change.key === null ? words.row : words.newRow)}
            </span>
          )}
          <span className={classes.title}>{titleOf(change, entity)}</span>
        </span>
        <ChangedFields change={change} entity={entity} only={fieldsBeside(change, entity)} isBrief />
      </div>
    </li>
  )
}

/** The fields besides what the head of the row says already; of an update all. */
function fieldsBeside({ kind, before, after }: ShownChange, entity: MetaEntity | null): string[] | undefined {
  if (kind === 'update') return undefined
  const said = new Set([...(entity?.key ?? []), entity?.title])
  const others = Object.keys(after ?? before ?? {}).filter((name) => !said.has(name))
  return others.length === 0 ? undefined : others
}

/** The key under which a row comes back, where the person may see it. A row that is new gets another than in its dry run. */
function keptName({ kind, key, after, masked }: ShownChange, entity: MetaEntity | null): string | null {
  if (kind !== 'insert' || entity === null || entity.key.length === 0) return null
  const values: Values = { ...after, ...key }
  if (entity.key.some((name) => values[name] == null || masked?.includes(name) === true)) return null
  return keyLabel(
    entity.key.map((name) => valueText(values[name])),
    null,
  )
}

/** By what people call the record, where the change says it. */
function titleOf({ before, after, masked }: ShownChange, entity: MetaEntity | null): string | null {
  const title = entity?.title ?? null
  if (title === null || masked?.includes(title) === true || entity?.key.includes(title) === true) return null
  const values: Values = after ?? before ?? {}
  return values[title] == null ? null : valueText(values[title]).slice(0, 80)
}
