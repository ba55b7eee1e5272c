// The values of a clause, asked for in the way that fits the column.
import { Group, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useWords } from '@steward/ui'
import type { AskedValues } from './asked-values.ts'
import { valueCount } from './clause.ts'
import { type ColumnKind, isJsonColumn, kindOf } from './column-kind.ts'
import { filterWords } from './filter-words.ts'
import { PeriodValue } from './period-value.tsx'
import { ReferenceValue } from './reference-value.tsx'

const inside = { comboboxProps: { withinPortal: false }, size: 'xs' } as const

export function FilterValue(given: AskedValues) {
  const { column, operator, values, onChange } = given
  const words = useWords(filterWords)
  const kind = column === null ? 'text' : kindOf(column)
  if (valueCount(operator) === 0) return null
  if (operator === 'within') return <PeriodValue values={values} onChange={onChange} />
  if (column?.references != null) return <ReferenceValue {...given} references={column.references} />
  if (operator === 'anyOf' && column?.enum != null) {
    return (
      <MultiSelect
        {...inside}
        label={words.values}
        data={column.enum}
        value={[...values]}
        onChange={(next) => onChange(next)}
      />
    )
  }
  if (operator === 'anyOf') {
    return (
      <TagsInput
        {...inside}
        label={words.values}
        description={words.valuesHint}
        splitChars={['\n', '\t']}
        acceptValueOnBlur
        value={[...values]}
        onChange={(next) => onChange(next)}
      />
    )
  }
  if (column?.enum != null) {
    return (
      <Select
        {...inside}
        label={words.value}
        data={column.enum}
        value={values[0] ?? null}
        onChange={(next) => onChange(next === null ? [] : [next])}
      />
    )
  }
  if (operator === 'between') {
    return (
      <Group grow gap="xs">
        {[words.from, words.to].map((label, at) => (
          <OneValue
            key={label}
            label={label}
            kind={kind}
            value={values[at] ?? ''}
            onChange={(value) => onChange([0, 1].map((place) => (place === at ? value : (values[place] ?? ''))))}
          />
        ))}
      </Group>
    )
  }
  if (operator === 'covers' && kind === 'array') return <ArrayValue values={values} onChange={onChange} />
  return (
    <OneValue
      label={kind === 'date' || kind === 'moment' ? words.day : words.value}
      hint={column !== null && isJsonColumn(column) ? words.jsonHint : null}
      kind={kind}
      value={values[0] ?? ''}
      onChange={(value) => onChange([value])}
    />
  )
}

type One = { label: string; hint?: string | null; kind: ColumnKind; value: string; onChange: (value: string) => void }

function OneValue({ label, hint = null, kind, value, onChange }: One) {
  const isDay = (kind === 'date' || kind === 'moment') && /^(\d{4}-\d{2}-\d{2})?$/.test(value)
  return (
    <TextInput
      size="xs"
      label={label}
      description={hint}
      type={isDay ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** An array has a value: PostgreSQL writes it as the array of that value. */
function ArrayValue({ values, onChange }: Pick<AskedValues, 'values' | 'onChange'>) {
  const words = useWords(filterWords)
  const [written = ''] = values
  const plain = /^\{"((?:[^"\\]|\\.)*)"\}$/.exec(written)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? written
  return (
    <TextInput
      size="xs"
      label={words.value}
      value={plain}
      onChange={({ currentTarget: { value } }) =>
        onChange(value === '' ? [] : [`{"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"}`])
      }
    />
  )
}
