// The fields of a record in groups: what it is now, or what it was, with what is different marked.
import { ActionIcon, Collapse, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { MetaColumn, MetaEntity, Values } from '@steward/sdk'
import { Section, usePhrase, useWords, Value } from '@steward/ui'
import { IconChevronDown, IconChevronRight, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { groupFields } from './group-fields.ts'
import classes from './record.module.css'
import { RecordReference } from './record-reference.tsx'
import { recordWords } from './record-words.ts'
import { isSameValue } from './value-text.ts'

/** What is shown of a record. `now` is what it is compared with while it is shown as it was; `onEdit` opens a field. */
type FieldsGiven = {
  entity: MetaEntity
  record: Values
  now: Values | null
  onEdit: ((column: string) => void) | null
  /** Above the fields. */
  children?: ReactNode
}

/** The fields of a record. */
export function RecordFields({ entity, record, now, onEdit, children }: FieldsGiven) {
  const words = useWords(recordWords)
  const { facts, important, others, technical } = groupFields(entity)
  const lines = (columns: readonly MetaColumn[]) =>
    columns.map((column) => <FieldLine key={column.name} {...{ column, entity, record, now, onEdit }} />)
  return (
    <Section title={words.fields}>
      {children}
      <dl className={classes['fields']}>
        {lines(facts)}
        {lines(important)}
      </dl>
      <Folded label={words.others({ count: others.length })} columns={others}>
        {lines(others)}
      </Folded>
      <Folded label={words.technical({ count: technical.length })} columns={technical}>
        {lines(technical)}
      </Folded>
    </Section>
  )
}

function Folded({ label, columns, children }: { label: string; columns: readonly MetaColumn[]; children: ReactNode }) {
  const [isOpen, { toggle }] = useDisclosure(false)
  if (columns.length === 0) return null
  return (
    <div>
      <UnstyledButton className={classes['fold']} onClick={toggle} aria-expanded={isOpen}>
        {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <Text span size="sm" c="dimmed">
          {label}
        </Text>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <dl className={classes['fields']}>{children}</dl>
      </Collapse>
    </div>
  )
}

function FieldLine({ column, entity, record, now, onEdit }: Omit<FieldsGiven, 'children'> & { column: MetaColumn }) {
  const words = useWords(recordWords)
  const say = usePhrase()
  const { name, masked, references } = column
  const value = record[name]
  const isDifferent = now !== null && masked === null && !isSameValue(value, now[name], column)
  const isEditable = onEdit !== null && column.writable && !entity.key.includes(name)
  const label = say(column.label)
  const shown = (one: unknown) =>
    references !== null && masked === null && one != null ? (
      <RecordReference column={column} value={one} />
    ) : (
      <Value value={one} column={column} />
    )
  return (
    <div className={classes['field']} data-different={isDifferent || undefined}>
      <Tooltip
        label={column.description === null ? name : `${say(column.description)} (${name})`}
        multiline
        maw={360}
        openDelay={400}
        events={{ hover: true, focus: true, touch: true }}
      >
        <dt className={classes['fieldName']}>{label}</dt>
      </Tooltip>
      <dd className={classes['fieldValue']}>
        {shown(value)}
        {isDifferent && (
          <Text component="div" size="xs" c="dimmed" className={classes['nowValue']}>
            {words.now} {shown(now[name])}
          </Text>
        )}
      </dd>
      {isEditable && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          className={classes['pencil']}
          aria-label={words.editField({ name: label })}
          onClick={() => onEdit(name)}
        >
          <IconPencil size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
