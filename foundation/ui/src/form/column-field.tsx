// One typed field of a form, for a column of an entity.
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { MetaColumn } from '@steward/sdk'
import { useId, useState } from 'react'
import { useLanguage, usePhrase, useWords } from '../language/language-provider.tsx'
import { useEntity } from '../server/use-meta.ts'
import { type FieldKind, fieldKindOf, textProblemOf } from './column-type.ts'
import { controlOf, FieldFrame } from './field-frame.tsx'
import classes from './form.module.css'
import { formWords } from './form-words.ts'
import { MomentInput } from './moment-input.tsx'
import { YesNo } from './yes-no.tsx'

/** What a field of a form is told. Values are exact texts (JSON as JSON); null is NULL, undefined is not given. */
export type ColumnFieldProps = {
  column: MetaColumn
  value: string | null | undefined
  onChange: (value: string | null | undefined) => void
  error?: string | null | undefined
  isDisabled?: boolean | undefined
}

/**
 * The field of a column: text, exact number, yes or no, one of several, date and time, JSON. What is not touched keeps every digit. NULL is
 * reached by a button where the column takes it; emptied, a text is an empty text, anything else is NULL or not given. `error` is what
 * the server or the form says; what cannot be a value of the column is said without being told.
 *
 * @example
 * <ColumnField column={column} value={draft[column.name]} onChange={(value) => set(column.name, value)} />
 */
export function ColumnField({ column, value, onChange, error, isDisabled = false }: ColumnFieldProps) {
  const say = usePhrase()
  const target = useEntity(column.references?.entity ?? '')
  const words = useWords(formWords)
  const { language } = useLanguage()
  const id = useId()
  const [isTouched, setTouched] = useState(false)
  const kind = fieldKindOf(column)
  // Before anything was typed a value is the database's own, and right.
  const own = isTouched && value != null && value !== '' ? textProblemOf(column, value, formWords[language]) : null
  const shownError = error || own
  return (
    <FieldFrame
      id={id}
      label={say(column.label)}
      labelHint={`${column.name} · ${column.type}`}
      description={descriptionOf()}
      error={shownError}
      isRequired={!column.isNullable && column.default === null && !column.isGenerated}
      isDisabled={isDisabled}
      isGroup={kind === 'boolean'}
      {...(column.isNullable
        ? { isNull: value === null, onNull: (isNull) => onChange(isNull ? null : filledAgain(kind)) }
        : {})}
    >
      <Control
        {...{ column, kind, value, id, isDisabled }}
        error={shownError}
        onChange={(next) => {
          setTouched(true)
          onChange(next)
        }}
      />
    </FieldFrame>
  )

  function descriptionOf(): string | null {
    const parts = [
      column.description === null ? null : say(column.description),
      column.references === null
        ? null
        : words.refersTo({ entity: target == null ? column.references.entity : say(target.label) }),
      kind === 'moment' ? words.inZone({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone }) : null,
      kind === 'local-moment' ? words.noZone : null,
    ]
    const said = parts.filter((part) => part !== null && part !== '')
    return said.length === 0 ? null : said.join(' · ')
  }
}

/** What a field is set to when it gets a value again. */
function filledAgain(kind: FieldKind): string | undefined {
  return kind === 'text' || kind === 'long-text' ? '' : undefined
}

type ControlProps = ColumnFieldProps & { kind: FieldKind; id: string }

function Control({ column, kind, value, id, onChange, error, isDisabled = false }: ControlProps) {
  const words = useWords(formWords)
  const [isLong] = useState((value?.length ?? 0) > 80 || value?.includes('\n') === true)
  const control = controlOf(id, error)
  const set = (text: string) => onChange(text === '' ? emptied(column, kind) : text)
  const placeholder = placeholderOf(column, value, words)
  const shared = { ...control, disabled: isDisabled, placeholder, value: value ?? '', spellCheck: false }
  switch (kind) {
    case 'boolean': {
      const bool = value == null ? value : /^t(rue)?$/i.test(value)
      return <YesNo id={id} value={bool} isDisabled={isDisabled} onChange={(next) => onChange(String(next))} />
    }
    case 'choice':
      return (
        <NativeSelect
          {...control}
          disabled={isDisabled}
          value={value ?? ''}
          onChange={(event) => set(event.currentTarget.value)}
          data={[{ value: '', label: placeholder === '' ? words.choose : placeholder }, ...(column.enum ?? [])]}
        />
      )
    case 'date':
    case 'moment':
    case 'local-moment':
      return (
        <MomentInput
          kind={kind}
          control={control}
          value={value ?? ''}
          onChange={set}
          placeholder={placeholder}
          isDisabled={isDisabled}
        />
      )
    case 'json':
    case 'long-text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={kind === 'json' || isLong ? 3 : 1}
          maxRows={16}
          spellCheck={kind === 'long-text'}
          data-tall={kind === 'json' || isLong || undefined}
          classNames={{ input: `${classes.growing} ${kind === 'json' ? classes.mono : ''}` }}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    case 'text':
      return (
        <TextInput
          {...shared}
          onChange={(event) => set(event.currentTarget.value)}
          rightSection={<LengthNote text={value ?? ''} most={column.maxLength} />}
        />
      )
    default:
      return (
        <TextInput
          {...shared}
          classNames={{ input: classes.mono as string }}
          autoComplete="off"
          inputMode={kind === 'integer' ? 'numeric' : kind === 'number' ? 'decimal' : 'text'}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}

/** An empty field: of a text that is an empty text, of anything else it is no value. */
function emptied(column: MetaColumn, kind: FieldKind): string | null | undefined {
  if (kind === 'text' || kind === 'long-text') return ''
  return column.isNullable ? null : undefined
}

function placeholderOf(
  column: MetaColumn,
  value: string | null | undefined,
  words: { useDefault: (told: { text: string }) => string; noValue: string },
): string {
  if (value === null) return words.noValue
  if (value === '') return '""'
  if (value === undefined && column.default !== null) return words.useDefault({ text: literalOf(column.default) })
  return value === undefined && column.isNullable ? words.noValue : ''
}

/** `'active'::public.customer_state` is `active` to whoever fills in a form; what is computed stays as SQL says it. */
function literalOf(sql: string): string {
  const [, text] = /^'((?:[^']|'')*)'(?:::[\w\s".]+(?:\(\d+\))?)?$/.exec(sql) ?? []
  return text === undefined ? sql : text === '' ? '""' : text.replaceAll("''", "'")
}

/** Near its end a text says how much is left. */
function LengthNote({ text, most }: { text: string; most: number | null }) {
  const words = useWords(formWords)
  const { length } = [...text]
  if (most === null || length < most * 0.8) return null
  return <span className={classes.note} data-hint={words.chars({ count: length, most })}>{`${most - length}`}</span>
}
