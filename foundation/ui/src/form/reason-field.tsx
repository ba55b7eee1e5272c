// Why: kept with every change.
import { Textarea } from '@mantine/core'
import { useId } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { controlOf, FieldFrame } from './field-frame.tsx'
import classes from './form.module.css'
import { formWords } from './form-words.ts'

/** The trail keeps no longer one. */
const longest = 2000

/**
 * Asks why. Whoever looks at the trail later reads it; `isKept` is false where no trail keeps it.
 *
 * @example
 * <ReasonField value={reason} onChange={setReason} isRequired={entity.requiresReason} />
 */
export function ReasonField(given: {
  value: string
  onChange: (value: string) => void
  isRequired?: boolean | undefined
  error?: string | null | undefined
  isKept?: boolean | undefined
}) {
  const { value, onChange, isRequired = false, error, isKept = true } = given
  const words = useWords(formWords)
  const id = useId()
  return (
    <FieldFrame
      id={id}
      label={words.reason}
      description={isKept ? words.reasonHint : null}
      error={error}
      isRequired={isRequired}
    >
      <Textarea
        {...controlOf(id, error)}
        autosize
        minRows={1}
        maxRows={6}
        classNames={{ input: classes.growing as string }}
        maxLength={longest}
        required={isRequired}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  )
}
