// Builds one clause of a filter: the column, what is demanded of it, and the values, by the column's type.
import { Select, Stack } from '@mantine/core'
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import { SubmitButton, usePhrase, useWords } from '@steward/ui'
import { useState } from 'react'
import { type Clause, type Operator, operatorsOf, valueCount } from './clause.ts'
import { kindOf } from './column-kind.ts'
import { columnOfField, quoteName } from './dialect-text.ts'
import { FilterValue } from './filter-value.tsx'
import { filterWords } from './filter-words.ts'

type Editing = { entity: MetaEntity; clause: Clause | null; onApply: (clause: Clause) => void }

export function FilterEditor({ entity, clause, onApply }: Editing) {
  const words = useWords(filterWords)
  const say = usePhrase()
  const columns = entity.columns.filter(({ readable, masked }) => readable && masked === null)
  const named = clause === null ? null : columnOfField(clause.field)
  const [name, setName] = useState(named)
  const column = columns.find((one) => one.name === name) ?? null
  const [operator, setOperator] = useState<Operator | null>(clause?.operator ?? null)
  const [values, setValues] = useState<readonly string[]>(clause?.values ?? [])
  const field = clause !== null && named === null ? clause.field : quoteName(column?.name ?? '')
  const isReady = operator !== null && isComplete(operator, values) && (column !== null || clause !== null)
  const choose = (next: string | null) => {
    const chosen = columns.find((one) => one.name === next)
    setName(next)
    setOperator(chosen === undefined ? null : (operatorsOf(chosen)[0] ?? null))
    setValues([])
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onApply({ field, operator, values })
      }}
    >
      <Stack gap="xs" w={280}>
        {(clause === null || named !== null) && (
          <Select
            label={words.column}
            size="xs"
            searchable
            data-autofocus
            comboboxProps={{ withinPortal: false }}
            nothingFoundMessage={words.noOption}
            data={columns.map((one) => ({ value: one.name, label: say(one.label) }))}
            value={name}
            onChange={choose}
          />
        )}
        {column !== null && (
          <Select
            label={words.condition}
            size="xs"
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            data={operatorsFor(column, clause).map((one) => ({
              value: one,
              label: words.operators(nameFor(one, column)),
            }))}
            value={operator}
            onChange={(next) => {
              if (next === null) return
              setOperator(next)
              setValues(operator !== null && valueCount(next) === valueCount(operator) ? values : [])
            }}
          />
        )}
        {operator !== null && <FilterValue column={column} operator={operator} values={values} onChange={setValues} />}
        <SubmitButton isDisabled={!isReady}>{words.apply}</SubmitButton>
      </Stack>
    </form>
  )
}

/** The usual ones, and the one that the clause has, which may have come from an address. */
function operatorsFor(column: MetaColumn, clause: Clause | null): Operator[] {
  return [...new Set([...operatorsOf(column), ...(clause === null ? [] : [clause.operator])])]
}

function nameFor(operator: Operator, column: MetaColumn): string {
  if (!['date', 'moment'].includes(kindOf(column))) return operator
  return { atLeast: 'since', below: 'before' }[operator as string] ?? operator
}

function isComplete(operator: Operator, values: readonly string[]): boolean {
  const count = valueCount(operator)
  if (count === null) return values.length > 0
  return values.length === count && values.every((value) => value !== '')
}
