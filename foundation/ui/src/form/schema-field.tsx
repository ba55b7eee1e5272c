// One field of a form from a JSON Schema; lists and groups hold others.

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { isExactNumber, parseJson, printJson } from '@steward/base'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { valueText } from '../value/value-text.ts'
import { controlOf, FieldFrame } from './field-frame.tsx'
import classes from './form.module.css'
import { formWords } from './form-words.ts'
import { MomentInput } from './moment-input.tsx'
import { utcText } from './moment-texts.ts'
import type { SchemaField } from './schema-fields.ts'
import { Unread } from './unread.ts'
import { YesNo } from './yes-no.tsx'

/** What a field is told: where it stands (`lines.0.amount`), and what is wrong with which path. */
export type SchemaFieldProps = {
  field: SchemaField
  path: string
  value: unknown
  onChange: (value: unknown) => void
  errors: Readonly<Record<string, string>>
}

/** A field with its frame. */
export function SchemaFieldInput(given: SchemaFieldProps) {
  const { field, path, value, onChange, errors } = given
  const words = useWords(formWords)
  const id = useId()
  if (field.kind === 'fixed') return null
  const isGroup = field.kind === 'group' || field.kind === 'list' || field.kind === 'boolean'
  return (
    <FieldFrame
      id={id}
      label={field.label}
      labelHint={field.name}
      description={field.description}
      error={errors[path]}
      isRequired={field.isRequired}
      isGroup={isGroup}
      {...(field.isNullable ? { isNull: value === null, onNull: (isNull) => onChange(isNull ? null : undefined) } : {})}
    >
      <Control {...given} id={id} placeholder={placeholderOf(field, value, words)} />
    </FieldFrame>
  )
}

type ControlProps = SchemaFieldProps & { id: string; placeholder: string }

function Control(given: ControlProps) {
  const { field, value, onChange, id, errors, path, placeholder } = given
  const words = useWords(formWords)
  const control = controlOf(id, errors[path])
  switch (field.kind) {
    case 'boolean':
      return (
        <YesNo id={id} value={typeof value === 'boolean' ? value : (field.fallback as boolean)} onChange={onChange} />
      )
    case 'choice':
      return (
        <NativeSelect
          {...control}
          value={valueText(value)}
          data={[{ value: '', label: placeholder || words.choose }, ...field.choices.map(String)]}
          onChange={({ currentTarget }) => onChange(field.choices.find((each) => String(each) === currentTarget.value))}
        />
      )
    case 'text':
      return <TextControl {...given} field={field} />
    case 'number':
    case 'json':
      return <ReadControl {...given} field={field} />
    case 'date':
    case 'moment':
      return <MomentControl {...given} field={field} />
    case 'list':
      return <ListControl {...given} field={field} />
    case 'group':
      return <GroupControl {...given} field={field} />
    default:
      return null
  }
}

type Of<Kind extends SchemaField['kind']> = ControlProps & { field: SchemaField & { kind: Kind } }

function TextControl({ field, value, onChange, id, errors, path, placeholder }: Of<'text'>) {
  const control = controlOf(id, errors[path])
  const text = typeof value === 'string' ? value : ''
  const set = (next: string) => onChange(next === '' ? undefined : next)
  const isLong = field.format === null && field.pattern === null && (field.maxLength === null || field.maxLength > 120)
  if (isLong) {
    return (
      <Textarea
        {...control}
        autosize
        minRows={1}
        maxRows={12}
        classNames={{ input: classes.growing as string }}
        value={text}
        placeholder={placeholder}
        onChange={(event) => set(event.currentTarget.value)}
      />
    )
  }
  const isMono = field.format === 'uuid' || field.pattern !== null
  return (
    <TextInput
      {...control}
      type={field.format === 'email' ? 'email' : 'text'}
      classNames={isMono ? { input: classes.mono as string } : {}}
      value={text}
      placeholder={placeholder}
      spellCheck={false}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

/** Numbers and JSON are read as they are typed; what cannot be read yet is kept as it is. */
function ReadControl({ field, value, onChange, id, errors, path, placeholder }: Of<'number' | 'json'>) {
  const control = controlOf(id, errors[path])
  const isJson = field.kind === 'json'
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null)
  // A text that comes to the same value keeps its spelling: `1.` becomes `1.5`.
  const shown = typed !== null && typed.value === value ? typed.text : writtenText(value, isJson)
  const set = (text: string) => {
    const next = text.trim() === '' ? undefined : readText(text, isJson)
    setTyped({ text, value: next })
    onChange(next)
  }
  const shared = {
    ...control,
    value: shown,
    placeholder,
    spellCheck: false,
    classNames: { input: classes.mono as string },
  }
  if (isJson) {
    return (
      <Textarea {...shared} autosize minRows={2} maxRows={16} onChange={(event) => set(event.currentTarget.value)} />
    )
  }
  return (
    <TextInput
      {...shared}
      inputMode={field.isInteger ? 'numeric' : 'decimal'}
      autoComplete="off"
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

function writtenText(value: unknown, isJson: boolean): string {
  if (value instanceof Unread) return value.text
  if (value === undefined || value === null) return ''
  return isJson ? printJson(value, 2) : valueText(value)
}

function readText(text: string, isJson: boolean): unknown {
  try {
    const value = parseJson(text.trim())
    if (isJson || typeof value === 'number' || isExactNumber(value)) return value
  } catch {
    // It is said by its problem.
  }
  return new Unread(text)
}

function MomentControl({ field, value, onChange, id, errors, path, placeholder }: Of<'date' | 'moment'>) {
  const read = (text: string): unknown => {
    if (text === '') return undefined
    if (field.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? text : new Unread(text)
    return utcText(text) ?? new Unread(text)
  }
  const [typed, setTyped] = useState('')
  const given = value instanceof Unread ? value.text : typeof value === 'string' ? value : ''
  const isTyped = typed !== '' && read(typed) === value
  return (
    <MomentInput
      kind={field.kind}
      control={controlOf(id, errors[path])}
      value={isTyped ? typed : given}
      placeholder={placeholder}
      onChange={(text) => {
        setTyped(text)
        onChange(read(text))
      }}
    />
  )
}

function ListControl({ field, value, onChange, errors, path }: Of<'list'>) {
  const words = useWords(formWords)
  const items = Array.isArray(value) ? (value as readonly unknown[]) : []
  const { item, maxItems } = field
  return (
    <div className={classes.list}>
      {items.map((each, at) => (
        <div key={`${at}`} className={classes.item}>
          <div className={classes.grow}>
            <SchemaFieldInput
              field={{ ...item, label: words.item({ count: at + 1 }) }}
              path={`${path}.${at}`}
              value={each}
              errors={errors}
              onChange={(next) => onChange(items.with(at, next))}
            />
          </div>
          <Button
            className={classes.remove}
            variant="subtle"
            color="gray"
            size="xs"
            aria-label={`${words.removeItem} ${at + 1}`}
            onClick={() => onChange(items.toSpliced(at, 1))}
          >
            <IconX size={14} />
          </Button>
        </div>
      ))}
      <Button
        className={classes.add}
        variant="default"
        size="xs"
        leftSection={<IconPlus size={13} />}
        disabled={maxItems !== null && items.length >= maxItems}
        onClick={() => onChange([...items, item.kind === 'group' ? {} : undefined])}
      >
        {words.addItem}
      </Button>
    </div>
  )
}

function GroupControl({ field, value, onChange, errors, path }: Of<'group'>) {
  const values = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  return (
    <div className={classes.group}>
      {field.fields.map((each) => (
        <SchemaFieldInput
          key={each.name}
          field={each}
          path={`${path}.${each.name}`}
          value={values[each.name]}
          errors={errors}
          onChange={(next) => {
            const { [each.name]: _, ...others } = values
            onChange(next === undefined ? others : { ...others, [each.name]: next })
          }}
        />
      ))}
    </div>
  )
}

function placeholderOf(
  { fallback, isRequired }: SchemaField,
  value: unknown,
  words: { useDefault: (told: { text: string }) => string; notGiven: string; noValue: string },
): string {
  if (value === null) return words.noValue
  if (fallback === '') return ''
  if (fallback !== undefined) return words.useDefault({ text: valueText(fallback) })
  return isRequired ? '' : words.notGiven
}
