// The filter of a list as a sentence whose parts can be changed and taken away.
import { Button, CloseButton, Group, Popover, Text } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import { useLanguage, usePhrase, useShortcut, useWords } from '@steward/ui'
import { IconFilter } from '@tabler/icons-react'
import { Fragment, useCallback, useState } from 'react'
import type { List } from '../list/use-list.ts'
import type { Clause } from './clause.ts'
import { columnOfField } from './dialect-text.ts'
import { FilterEditor } from './filter-editor.tsx'
import classes from './filter-sentence.module.css'
import { filterWords } from './filter-words.ts'
import { sayClause } from './say-clause.ts'
import { useReferenceTitles } from './use-reference-titles.ts'

const phrase = { en: 'Filter', ko: '필터' }

export function FilterSentence({ list }: { list: List }) {
  const { entity, state, show } = list
  const words = useWords(filterWords)
  const say = usePhrase()
  const [open, setOpen] = useState<number | null>(null)
  const { filter } = state
  const label = say(entity.label)
  useShortcut(
    '/',
    phrase,
    useCallback(() => setOpen(-1), []),
  )
  const set = (at: number, clause: Clause | null) => {
    const next = [...filter]
    if (at === -1 && clause !== null) next.push(clause)
    else next.splice(at, 1, ...(clause === null ? [] : [clause]))
    setOpen(null)
    show({ filter: next })
  }
  const opening = (at: number) => ({
    isOpen: open === at,
    onOpen: (isOpen: boolean) => setOpen(isOpen ? at : null),
    onChange: (clause: Clause | null) => set(at, clause),
    entity,
  })
  return (
    <Group gap={6} className={classes.sentence}>
      {filter.length > 0 && <Said text={words.where({ entity: label })} />}
      {filter.map((clause, at) => (
        <Fragment key={JSON.stringify(clause)}>
          {at > 0 && <Said text={words.and} />}
          <ClausePart clause={clause} {...opening(at)} />
        </Fragment>
      ))}
      {filter.length > 0 && <Said text={words.end({ entity: label })} />}
      <NewClause {...opening(-1)} />
      {filter.length > 1 && (
        <Button variant="subtle" size="compact-xs" color="gray" onClick={() => show({ filter: [] })}>
          {words.clear}
        </Button>
      )}
    </Group>
  )
}

function Said({ text }: { text: string }) {
  return text === '' ? null : (
    <Text size="sm" c="dimmed" component="span">
      {text}
    </Text>
  )
}

type Part = {
  entity: MetaEntity
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onChange: (clause: Clause | null) => void
}

function ClausePart({ clause, entity, isOpen, onOpen, onChange }: Part & { clause: Clause }) {
  const words = useWords(filterWords)
  const said = useSaid(clause, entity)
  const isKnown = clause.operator !== 'other'
  return (
    <Popover opened={isOpen} onChange={onOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <span className={classes.part}>
          <button
            type="button"
            className={classes.clause}
            onClick={() => isKnown && onOpen(!isOpen)}
            data-known={isKnown || undefined}
            title={isKnown ? words.edit : undefined}
          >
            {said}
          </button>
          <CloseButton size="xs" aria-label={words.remove({ clause: said })} onClick={() => onChange(null)} />
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterEditor entity={entity} clause={clause} onApply={onChange} />
      </Popover.Dropdown>
    </Popover>
  )
}

function NewClause({ entity, isOpen, onOpen, onChange }: Part) {
  const words = useWords(filterWords)
  return (
    <Popover opened={isOpen} onChange={onOpen} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFilter size={14} stroke={1.5} />}
          onClick={() => onOpen(!isOpen)}
        >
          {words.add}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterEditor entity={entity} clause={null} onApply={onChange} />
      </Popover.Dropdown>
    </Popover>
  )
}

function useSaid(clause: Clause, entity: MetaEntity): string {
  const words = useWords(filterWords)
  const say = usePhrase()
  const { language } = useLanguage()
  const name = columnOfField(clause.field)
  const column = entity.columns.find((one) => one.name === name) ?? null
  const titles = useReferenceTitles(column, clause)
  const label = column === null ? clause.field : language === 'en' ? inSentence(say(column.label)) : say(column.label)
  return sayClause(clause, { words, language, column, label, titles })
}

/** As it stands within a sentence: `Placed at` is `placed at`, and `VIP` stays what it is. */
function inSentence(label: string): string {
  return /^\p{Lu}\P{Lu}*$/u.test(label) ? label.toLowerCase() : label
}
