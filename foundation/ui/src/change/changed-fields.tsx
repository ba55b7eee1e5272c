// What one change did to one record, field by field: before and after.
import { UnstyledButton } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import { useMemo, useState } from 'react'
import { hint } from '../hint/hint.ts'
import { usePhrase, useWords } from '../language/language-provider.tsx'
import { useEntity } from '../server/use-meta.ts'
import type { ShownChange } from './change-subject.ts'
import { changeWords } from './change-words.ts'
import classes from './changed-fields.module.css'
import { ChangedValue } from './changed-value.tsx'
import { type FieldChange, fieldChanges } from './field-changes.ts'

/** Which fields of which change are shown. */
export type ChangedFieldsProps = {
  change: ShownChange
  /** Looked up by the change unless given. */
  entity?: MetaEntity | null | undefined
  /** These columns alone. */
  only?: readonly string[] | undefined
  /** Of a row that came or went, its fields one after the other on lines. */
  isBrief?: boolean | undefined
}

/**
 * The fields of a change: `before → after` on a line, word by word where the text is long, by path in JSON. A row that came or went is
 * a list of its fields, the important ones first and the rest behind a button. Columns go by their labels, their names on hover.
 *
 * @example
 * <ChangedFields change={change} entity={entity} />
 */
export function ChangedFields({ change, entity, only, isBrief = false }: ChangedFieldsProps) {
  const words = useWords(changeWords)
  const known = useEntity(change.entity)
  const [isOpen, setOpen] = useState(false)
  const { first, rest } = useMemo(() => fieldChanges(change, entity ?? known, only), [change, entity, known, only])
  if (change.kind === 'truncate') return <p className={classes.note}>{words.truncated}</p>
  if (first.length === 0) {
    return (
      <p className={classes.note}>{change.kind === 'update' && only === undefined ? words.allHidden : words.nothing}</p>
    )
  }
  return (
    <div className={classes.whole}>
      <dl className={classes.fields} data-brief={(isBrief && change.kind !== 'update') || undefined}>
        {(isOpen ? [...first, ...rest] : first).map((field) => (
          <Field key={field.name} field={field} isBrief={isBrief} />
        ))}
      </dl>
      {rest.length > 0 && (
        <UnstyledButton className={classes.unfold} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? words.fewerFields : words.moreFields({ count: rest.length })}
        </UnstyledButton>
      )}
    </div>
  )
}

function Field({ field, isBrief }: { field: FieldChange; isBrief: boolean }) {
  const say = usePhrase()
  const { name, column } = field
  const label = column === null ? name : say(column.label)
  return (
    <div className={classes.field}>
      <dt className={classes.label} {...hint(column === null ? null : `${name} · ${column.type}`)}>
        {label}
      </dt>
      <dd className={classes.change}>
        <ChangedValue field={field} isBrief={isBrief} />
      </dd>
    </div>
  )
}
