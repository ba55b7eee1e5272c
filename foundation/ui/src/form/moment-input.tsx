// A date, or a date with its time, as text to the last digit; a calendar helps, and changes nothing by itself.
import { ActionIcon, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { exactText, readInstant } from '../moment/instant.ts'
import classes from './form.module.css'
import { formWords } from './form-words.ts'
import { pickedText, shownText, withZone } from './moment-texts.ts'

/** What such a field is told: `date`, `moment` (an instant, said in the viewer's zone) or `local-moment` (without any zone). */
export type MomentInputProps = {
  kind: 'date' | 'moment' | 'local-moment'
  value: string
  onChange: (value: string) => void
  placeholder?: string | undefined
  isDisabled?: boolean | undefined
  control: Readonly<Record<string, unknown>>
}

/** A date or a moment. What is not touched is not changed; what is written without a zone is in the viewer's. */
export function MomentInput({ kind, value, onChange, placeholder, isDisabled = false, control }: MomentInputProps) {
  const words = useWords(formWords)
  const picker = useRef<HTMLInputElement>(null)
  // What is being typed is left alone; what comes from elsewhere is shown in the viewer's zone.
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed !== null && typed === value ? typed : shownText(value, kind)
  const set = (text: string) => {
    setTyped(text)
    onChange(text)
  }
  const pick = (picked: string) => {
    const text = pickedText(picked, kind)
    set(kind === 'moment' ? withZone(text) : text)
  }
  const instant = kind === 'moment' ? readInstant(shown) : null
  return (
    <div className={classes.moment}>
      <TextInput
        {...control}
        className={classes.grow}
        classNames={{ input: classes.mono as string }}
        value={shown}
        placeholder={placeholder ?? ''}
        disabled={isDisabled}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={() => {
          if (kind !== 'moment' || typed === null) return
          const zoned = withZone(typed)
          if (zoned !== typed) set(zoned)
        }}
        rightSection={
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={words.pick}
            disabled={isDisabled}
            onClick={() => picker.current?.showPicker()}
          >
            <IconCalendar size={15} />
          </ActionIcon>
        }
      />
      <input
        ref={picker}
        className={classes.picker}
        type={kind === 'date' ? 'date' : 'datetime-local'}
        step={kind === 'date' ? undefined : 1}
        tabIndex={-1}
        aria-hidden
        value={pickerText(instant === null ? shown : exactText(instant), kind)}
        onChange={(event) => event.currentTarget.value !== '' && pick(event.currentTarget.value)}
      />
    </div>
  )
}

/** What the calendar opens at. */
function pickerText(shown: string, kind: MomentInputProps['kind']): string {
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/.exec(shown) ?? []
  if (kind === 'date' || day === '') return day
  return `${day}T${time === '' ? '00:00' : time}`
}
