// What narrows the log of calls.
import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { useMeta, useShortcut, useWords } from '@steward/ui'
import { useCallback, useRef } from 'react'
import type { CallFilter } from './call-filter.ts'
import { callWords } from './call-words.ts'
import classes from './calls.module.css'

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

type Given = { filter: CallFilter; onChange: (filter: CallFilter) => void }

/** One field for each thing that the log can be narrowed by; a text counts once it is left, or with Enter. */
export function CallsFilter({ filter, onChange }: Given) {
  const words = useWords(callWords)
  const { data } = useMeta()
  const first = useRef<HTMLInputElement>(null)
  useShortcut(
    '/',
    { en: 'Filter', ko: '필터' },
    useCallback(() => first.current?.focus(), []),
  )
  const set = (name: keyof CallFilter, value: string | null) => {
    const { [name]: before, ...others } = filter
    const text = value?.trim() ?? ''
    if (text !== (before ?? '')) onChange(text === '' ? others : { ...others, [name]: text })
  }
  const field = (name: 'actor' | 'key', label: string, placeholder: string) => (
    <TextInput
      key={`${name} ${filter[name] ?? ''}`}
      {...(name === 'actor' ? { ref: first } : {})}
      size="xs"
      label={label}
      placeholder={placeholder}
      defaultValue={filter[name] ?? ''}
      onBlur={(event) => set(name, event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && set(name, event.currentTarget.value)}
    />
  )
  const time = (name: 'from' | 'to', label: string) => (
    <TextInput
      size="xs"
      type="datetime-local"
      label={label}
      value={filter[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  )
  const statuses = [
    { value: '2xx', label: words.ok },
    { value: '4xx', label: words.refused },
    { value: '5xx', label: words.failed },
  ]
  const isKnown = filter.status === undefined || statuses.some(({ value }) => value === filter.status)
  return (
    <search className={classes['filters']}>
      {field('actor', words.who, words.whoHint)}
      {field('key', words.key, words.keyHint)}
      <Autocomplete
        key={`entity ${filter.entity ?? ''}`}
        size="xs"
        label={words.entity}
        placeholder={words.any}
        data={(data?.entities ?? []).map(({ entity }) => entity)}
        defaultValue={filter.entity ?? ''}
        onOptionSubmit={(entity) => set('entity', entity)}
        onBlur={(event) => set('entity', event.currentTarget.value)}
      />
      <Select
        size="xs"
        label={words.method}
        placeholder={words.any}
        data={methods}
        value={filter.method ?? null}
        onChange={(method) => set('method', method)}
        clearable
      />
      <Select
        size="xs"
        label={words.status}
        placeholder={words.any}
        data={isKnown ? statuses : [...statuses, { value: filter.status ?? '', label: filter.status ?? '' }]}
        value={filter.status ?? null}
        onChange={(status) => set('status', status)}
        clearable
      />
      {time('from', words.from)}
      {time('to', words.to)}
      {Object.keys(filter).length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => onChange({})}>
          {words.clear}
        </Button>
      )}
    </search>
  )
}
