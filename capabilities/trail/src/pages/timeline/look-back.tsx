// "As it was on": a slider over what happened, and a field for any moment.
import { ActionIcon, Badge, Button, Group, Slider, Stack, Text, Tooltip } from '@mantine/core'
import { printJson } from '@steward/base'
import type { MetaEntity, RecordThen, Values } from '@steward/sdk'
import { ErrorNotice, Moment, MomentInput, type Places, useSteward, useUrlTexts, useWords } from '@steward/ui'
import { IconCalendarTime } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { linkSearch } from '../link-search.ts'
import type { Entry } from './group-entries.ts'
import { instantOfField, type LookBackStep, lookBackSteps, stepAt } from './look-back-steps.ts'
import styles from './timeline.module.css'
import { timelineWords } from './timeline-words.ts'

type Given = Pick<Places['record.timeline'], 'onLookBack'> & {
  entity: MetaEntity
  recordKey: Values
  entries: readonly Entry[]
}

/** Chooses the moment at which the record is shown; the address has it. */
export function LookBack({ entity, recordKey, entries, onLookBack }: Given) {
  const words = useWords(timelineWords)
  const { may } = useSteward()
  const [{ at: when = null }, setTexts] = useUrlTexts(['at'])
  const choose = (chosen: string | null) => setTexts({ at: chosen })
  const then = useRecordThen({ entity, recordKey, when })
  const steps = useMemo(() => lookBackSteps(entries), [entries])
  const shownAt = when === null ? undefined : steps.find((step) => step.when === when)?.at
  const tell = useEffectEvent(onLookBack)
  const { data } = then
  useEffect(() => {
    if (when === null) tell(null)
    else if (data !== undefined) tell({ record: data.record, asOf: shownAt ?? data.asOf })
  }, [when, data, shownAt])
  if (!may('trail:at')) return null
  return (
    <Stack gap={6} className={`${styles['lookBack']} ${when === null ? '' : styles['back']}`}>
      <Group gap="sm">
        <Text size="sm" {...(when === null ? { c: 'dimmed' } : { fw: 500 })}>
          {when === null ? words.lookBack : words.asItWas}
        </Text>
        <StepSlider steps={steps} when={when} onChoose={choose} />
        <DateField key={when} shown={shownAt ?? data?.asOf ?? instantIn(when)} onChoose={choose} />
      </Group>
      {when !== null && then.isError && <ErrorNotice error={then.error} />}
      {when !== null && (
        <LookingBack
          entity={entity}
          recordKey={recordKey}
          when={when}
          at={shownAt ?? data?.asOf}
          then={data}
          onBack={() => choose(null)}
        />
      )}
    </Stack>
  )
}

type Chosen = { entity: MetaEntity; recordKey: Values; when: string | null }

function useRecordThen({ entity, recordKey, when }: Chosen) {
  const { client } = useSteward()
  return useQuery({
    queryKey: ['trail', 'at', entity.entity, printJson(recordKey), when],
    enabled: when !== null,
    queryFn: ({ signal }) => client.at(entity.entity, recordKey, when ?? '', { signal }),
  })
}

/** What the address asks for, where that is an instant, and no operation or mark. */
function instantIn(when: string | null): string | null {
  return when !== null && /^\d{4}-\d\d-\d\dT/.test(when) ? when : null
}

/** Any moment, in the viewer's zone: picked, or written and sent with Enter. It unfolds, since most look at what has happened. */
function DateField({ shown, onChoose }: { shown: string | null; onChoose: (when: string | null) => void }) {
  const words = useWords(timelineWords)
  const [isOpen, setOpen] = useState(shown !== null)
  const [draft, setDraft] = useState<string | null>(null)
  if (!isOpen) {
    return (
      <Tooltip label={words.lookBackDate}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={words.lookBackDate}
          onClick={() => setOpen(true)}
        >
          <IconCalendarTime size={16} />
        </ActionIcon>
      </Tooltip>
    )
  }
  const choose = (text: string) => {
    const instant = instantOfField(text)
    if (instant !== null) onChoose(instant)
  }
  return (
    <form className={styles['date']} onSubmit={(event) => (event.preventDefault(), choose(draft ?? ''))}>
      <MomentInput
        kind="moment"
        value={draft ?? shown ?? ''}
        placeholder={words.lookBackFormat}
        control={{ size: 'xs', 'aria-label': words.lookBackDate }}
        onChange={(text) => {
          setDraft(text)
          // What is picked has its zone; what is being written gets it when it is left.
          if (/[+-]\d\d:\d\d$/.test(text)) choose(text)
        }}
      />
    </form>
  )
}

type Steps = { steps: readonly LookBackStep[]; when: string | null; onChoose: (when: string | null) => void }

/** Nothing is asked for while somebody still slides. */
function StepSlider({ steps, when, onChoose }: Steps) {
  const words = useWords(timelineWords)
  const chosen = stepAt(steps, when) ?? 0
  const [sliding, setSliding] = useState<number | null>(null)
  if (steps.length < 2) return null
  const place = sliding ?? chosen
  const labelOf = (value: number) => {
    const step = steps[value]
    return step === undefined || step.when === null ? words.now : <Moment at={step.at} />
  }
  const textOf = (value: number) => {
    const step = steps[value]
    return step === undefined || step.when === null ? words.now : new Date(step.at).toLocaleString()
  }
  return (
    <Slider
      className={styles['slider'] ?? ''}
      size="sm"
      min={0}
      max={steps.length - 1}
      step={1}
      value={place}
      label={labelOf}
      thumbLabel={words.lookBack}
      thumbProps={{ 'aria-valuetext': textOf(place) }}
      {...(steps.length <= 40 ? { marks: steps.map((_, value) => ({ value })) } : {})}
      onChange={setSliding}
      onChangeEnd={(value) => {
        setSliding(null)
        onChoose(steps[value]?.when ?? null)
      }}
    />
  )
}

type Back = Chosen & { when: string; at: string | undefined; then: RecordThen | undefined; onBack: () => void }

function LookingBack({ entity, recordKey, when, at, then, onBack }: Back) {
  const words = useWords(timelineWords)
  const { may } = useSteward()
  return (
    <Group gap="sm" role="status">
      <Text size="sm" fw={500} component="span">
        {at !== undefined && <Moment at={at} />}
      </Text>
      {then?.exact === true && (
        <Badge size="sm" tt="none" variant="light" color="green">
          {words.exact}
        </Badge>
      )}
      {then?.exact === false && (
        <Tooltip label={words.notExactHint} multiline maw={280}>
          <Badge size="sm" tt="none" variant="light" color="orange" tabIndex={0}>
            {words.notExact}
          </Badge>
        </Tooltip>
      )}
      {then?.record === null && <Text size="sm">{words.noRecordThen}</Text>}
      <Button size="compact-xs" variant="default" onClick={onBack}>
        {words.backToNow}
      </Button>
      {may('trail:revert') && (
        <Button
          component={Link}
          to="/trail/revert"
          search={linkSearch({ entity: entity.entity, key: printJson(recordKey), to: when })}
          size="compact-xs"
          variant="default"
        >
          {words.revertTo}
        </Button>
      )}
    </Group>
  )
}
