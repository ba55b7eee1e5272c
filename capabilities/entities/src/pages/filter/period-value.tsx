// A day or some days: today, yesterday, the last seven, or chosen ones.
import { Group, Select, Stack, TextInput } from '@mantine/core'
import { useWords } from '@steward/ui'
import { useState } from 'react'
import { filterWords } from './filter-words.ts'
import { dayAfter, dayBefore } from './say-clause.ts'

type Period = { values: readonly string[]; onChange: (values: readonly string[]) => void }

const presets = ['today', 'yesterday', 'last7', 'last30', 'oneDay', 'period'] as const
type Preset = (typeof presets)[number]

/** From the first day to before another, as PostgreSQL reads both: `today` is today whenever somebody looks. */
export function PeriodValue({ values, onChange }: Period) {
  const words = useWords(filterWords)
  const [preset, setPreset] = useState<Preset>(() => presetOf(values))
  const [from = '', until = ''] = values
  const set = (first: string, last: string) => onChange([first, dayAfter(last) ?? ''])
  const choose = (next: string | null) => {
    const chosen = (next ?? 'oneDay') as Preset
    setPreset(chosen)
    onChange(periodOf(chosen))
  }
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label={words.value}
        comboboxProps={{ withinPortal: false }}
        allowDeselect={false}
        data={presets.map((value) => ({ value, label: words[value] }))}
        value={preset}
        onChange={choose}
      />
      {preset === 'oneDay' && <Day label={words.day} value={from} onChange={(day) => set(day, day)} />}
      {preset === 'period' && (
        <Group grow gap="xs">
          <Day label={words.from} value={from} onChange={(day) => onChange([day, until])} />
          <Day label={words.to} value={dayBefore(until) ?? ''} onChange={(day) => set(from, day)} />
        </Group>
      )}
    </Stack>
  )
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <TextInput
      size="xs"
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function presetOf([from = '', until = '']: readonly string[]): Preset {
  if (from === 'today' || from === 'yesterday') return from
  return from === '' || dayAfter(from) === until ? 'oneDay' : 'period'
}

function periodOf(preset: Preset): string[] {
  if (preset === 'today' || preset === 'yesterday') return [preset, dayAfter(preset) ?? '']
  if (preset === 'last7' || preset === 'last30') return [daysAgo(preset === 'last7' ? 6 : 29), 'tomorrow']
  return []
}

/** In the zone of whoever looks. */
function daysAgo(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() - days)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
