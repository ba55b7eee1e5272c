// The fields of a form that writes a record, in the groups in which the record shows them.
import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import { ColumnField, usePhrase, useWords, Value } from '@steward/ui'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { groupFields, groupNewFields } from '../record/group-fields.ts'
import classes from './edit.module.css'
import { editWords } from './edit-words.ts'
import type { Texts } from './merge-edits.ts'

type Given = {
  entity: MetaEntity
  /** The record as it was; of a new one nothing. */
  was: Texts
  edits: Texts
  onChange: (column: string, text: string | null | undefined) => void
  errors: Readonly<Record<string, string>>
  /** Only these; all unless given. */
  only?: readonly string[] | undefined
  isNew?: boolean
  isDisabled?: boolean
}

/** One field for each column that the person may write; what is masked is said to stay as it is. */
export function RecordForm(given: Given) {
  const { entity, only, isNew = false, errors, edits } = given
  const words = useWords(editWords)
  const shown = entity.columns.filter((column) => only?.includes(column.name) ?? isShown(column, entity, isNew))
  const { facts, important, others, technical } = isNew
    ? groupNewFields(entity, shown)
    : groupFields({ ...entity, columns: shown })
  const fields = (columns: readonly MetaColumn[]) =>
    columns.map((column) => <FormField key={column.name} column={column} {...given} />)
  const isCalledFor = ({ name }: MetaColumn) => errors[name] !== undefined || Object.hasOwn(edits, name)
  if (only !== undefined) return <div className={classes['fields']}>{fields(shown)}</div>
  return (
    <>
      <div className={classes['fields']}>
        {fields(facts)}
        {fields(important)}
      </div>
      <Folded
        label={words.others({ count: others.length })}
        isEmpty={others.length === 0}
        isForced={others.some(isCalledFor)}
      >
        {fields(others)}
      </Folded>
      <Folded
        label={words.technical({ count: technical.length })}
        isEmpty={technical.length === 0}
        isForced={technical.some(isCalledFor)}
      >
        {fields(technical)}
      </Folded>
    </>
  )
}

/** What the database gives is not asked for, and a record keeps its key. */
function isShown({ isGenerated, name, writable, masked }: MetaColumn, { key }: MetaEntity, isNew: boolean): boolean {
  if (isGenerated) return false
  if (isNew) return writable
  return masked !== null || (writable && !key.includes(name))
}

function FormField({ column, was, edits, onChange, errors, isDisabled = false }: Given & { column: MetaColumn }) {
  const words = useWords(editWords)
  const say = usePhrase()
  const { name, masked } = column
  if (masked !== null)
    return (
      <div className={classes['masked']}>
        <Text size="sm" fw={500}>
          {say(column.label)}
        </Text>
        <Value value={was[name]} column={column} isMasked maskReason={words.maskedNote} />
        <Text size="xs" c="dimmed">
          {words.maskedNote}
        </Text>
      </div>
    )
  const isTouched = Object.hasOwn(edits, name)
  return (
    <div className={classes['formField']} data-touched={isTouched || undefined}>
      <ColumnField
        column={column}
        value={isTouched ? edits[name] : was[name]}
        onChange={(text) => onChange(name, text)}
        error={errors[name]}
        isDisabled={isDisabled || !column.writable}
      />
      {isTouched && Object.hasOwn(was, name) && (
        <UnstyledButton className={classes['reset']} onClick={() => onChange(name, undefined)}>
          <Text span size="xs" c="dimmed">
            {words.reset}
          </Text>
        </UnstyledButton>
      )}
    </div>
  )
}

function Folded(given: { label: string; isEmpty: boolean; isForced: boolean; children: ReactNode }) {
  const [isOpened, { toggle }] = useDisclosure(false)
  const isOpen = isOpened || given.isForced
  if (given.isEmpty) return null
  return (
    <div>
      <UnstyledButton className={classes['fold']} onClick={toggle} aria-expanded={isOpen}>
        {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <Text span size="sm" c="dimmed">
          {given.label}
        </Text>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <div className={classes['fields']}>{given.children}</div>
      </Collapse>
    </div>
  )
}
