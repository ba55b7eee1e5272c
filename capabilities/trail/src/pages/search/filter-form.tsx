// The fields of the search through operations; what they hold goes into the address.
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import type { SetTexts } from '@steward/ui'
import { MomentInput, useMeta, usePhrase, useShortcut, useSourceText, useWords } from '@steward/ui'
import { useCallback, useRef, useState } from 'react'
import { fieldOfInstant } from '../timeline/look-back-steps.ts'
import { filterNames, type SearchFilter, sources } from './operation-filter.ts'
import styles from './search.module.css'
import { searchWords } from './search-words.ts'

const phrase = { en: searchWords.en.focusFilter, ko: searchWords.ko.focusFilter }

type Given = { filter: SearchFilter; onChange: SetTexts<keyof SearchFilter> }

/** Choices apply at once, texts when they are sent. */
export function FilterForm({ filter, onChange }: Given) {
  const words = useWords(searchWords)
  const say = usePhrase()
  const sourceText = useSourceText()
  const { data: meta } = useMeta()
  const [draft, setDraft] = useState(filter)
  // On a phone the answer comes first: the fields unfold, and stand open where they say something.
  const [isOpen, setOpen] = useState(Object.keys(filter).some((name) => name !== 'text'))
  const first = useRef<HTMLInputElement>(null)
  useShortcut(
    '/',
    phrase,
    useCallback(() => first.current?.focus(), []),
  )
  const entities = (meta?.entities ?? []).filter(({ isTracked }) => isTracked === true)
  const entity = meta?.entities.find((each) => each.entity === filter.entity)
  const write = (name: keyof SearchFilter) => ({
    value: draft[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  })
  const choose = (name: keyof SearchFilter) => ({
    value: filter[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...(name === 'entity' ? { field: null } : {}), [name]: event.currentTarget.value || null }),
  })
  const send = () => onChange(Object.fromEntries(filterNames.map((name) => [name, draft[name]?.trim() || null])))
  return (
    <form onSubmit={(event) => (event.preventDefault(), send())} role="search">
      <div className={styles['fields']} data-open={isOpen || undefined}>
        <TextInput
          ref={first}
          className={styles['text'] ?? ''}
          size="xs"
          label={words.text}
          placeholder={words.textHint}
          {...write('text')}
        />
        <Button
          className={styles['unfold'] ?? ''}
          size="xs"
          variant="default"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {words.filter}
        </Button>
        <TextInput size="xs" label={words.who} placeholder={words.whoHint} {...write('actor')} />
        <TextInput size="xs" label={words.procedure} placeholder={words.procedureHint} {...write('procedure')} />
        <NativeSelect
          size="xs"
          label={words.entity}
          data={[
            { value: '', label: words.anyEntity },
            ...withChosen(
              entities.map((each) => ({ value: each.entity, label: say(each.label) })),
              filter.entity,
            ),
          ]}
          {...choose('entity')}
        />
        {(entity !== undefined || filter.field !== undefined) && (
          <NativeSelect
            size="xs"
            label={words.field}
            data={[
              { value: '', label: words.anyField },
              ...withChosen(
                (entity?.columns ?? []).map(({ name, label }) => ({ value: name, label: say(label) })),
                filter.field,
              ),
            ]}
            {...choose('field')}
          />
        )}
        <NativeSelect
          size="xs"
          label={words.source}
          data={[
            { value: '', label: words.anySource },
            ...withChosen(
              sources.map((value) => ({ value, label: sourceText(value) })),
              filter.source,
            ),
          ]}
          {...choose('source')}
        />
        <DayField label={words.from} day={filter.from} onChange={(from) => onChange({ from })} />
        <DayField label={words.to} day={filter.to} onChange={(to) => onChange({ to })} />
        <Group gap={6} wrap="nowrap">
          <Button type="submit" size="xs">
            {words.search}
          </Button>
          {Object.keys(filter).length > 0 && (
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange(Object.fromEntries(filterNames.map((name) => [name, null])))}
            >
              {words.clear}
            </Button>
          )}
        </Group>
      </div>
    </form>
  )
}

type Day = { label: string; day: string | undefined; onChange: (day: string | null) => void }

/** A day, picked or written; it applies as soon as it is whole, or gone. */
function DayField({ label, day, onChange }: Day) {
  const words = useWords(searchWords)
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <MomentInput
      kind="date"
      value={draft ?? dayOfText(day)}
      placeholder={words.dayFormat}
      control={{ size: 'xs', label }}
      onChange={(text) => {
        setDraft(text)
        if (text === '' || wholeDay.test(text)) onChange(text || null)
      }}
    />
  )
}

const wholeDay = /^\d{4}-\d\d-\d\d$/

/** An address may have an instant where a field has a day. */
function dayOfText(text: string | undefined): string {
  if (text === undefined || wholeDay.test(text)) return text ?? ''
  return fieldOfInstant(text).slice(0, 10)
}

type Option = { value: string; label: string }

/** A value of the address stays among the choices, also where nobody knows it. */
function withChosen(options: Option[], chosen: string | undefined): Option[] {
  const isKnown = chosen === undefined || options.some(({ value }) => value === chosen)
  return isKnown ? options : [...options, { value: chosen, label: chosen }]
}
