// What stands around every field of a form: its label, a way to no value, what it is for, and what is wrong.
import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import { NullSign } from '../value/sign.tsx'
import classes from './form.module.css'
import { formWords } from './form-words.ts'

/** What a field's frame is told. */
export type FieldFrameProps = {
  /** Of the control within. */
  id: string
  label: string
  /** Beside the label: its name and type, on hover. */
  labelHint?: string | null | undefined
  description?: string | null | undefined
  error?: string | null | undefined
  isRequired?: boolean | undefined
  /** Whether it has no value now; undefined where it must have one. */
  isNull?: boolean | undefined
  onNull?: ((isNull: boolean) => void) | undefined
  isDisabled?: boolean | undefined
  /** Where it is several controls: then the label names them all. */
  isGroup?: boolean | undefined
  children: ReactNode
}

/** The frame of a field; `describedBy(id)` is what its control is described by. */
export function FieldFrame(given: FieldFrameProps) {
  const { id, label, labelHint, description, error, isRequired = false, isGroup = false, children } = given
  const Label = isGroup ? 'span' : 'label'
  return (
    <div className={classes.field} {...(isGroup ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}>
      <div className={classes.head}>
        <Label id={`${id}-label`} className={classes.label} {...(isGroup ? {} : { htmlFor: id })} {...hint(labelHint)}>
          {label}
          {isRequired && (
            <span className={classes.required} aria-hidden>
              {' *'}
            </span>
          )}
        </Label>
        <NullButton {...given} />
      </div>
      {children}
      <div id={`${id}-more`}>
        {description != null && <p className={classes.description}>{description}</p>}
        {error != null && error !== '' && (
          <p className={classes.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  )
}

function NullButton({ isNull, onNull, isDisabled = false }: FieldFrameProps) {
  const words = useWords(formWords)
  if (isNull === undefined || onNull === undefined || isDisabled) return null
  return (
    <UnstyledButton
      className={classes.null}
      aria-pressed={isNull}
      aria-label={words.setNull}
      onClick={() => onNull(!isNull)}
      {...hint(isNull ? words.unsetNull : words.setNull)}
    >
      <NullSign />
    </UnstyledButton>
  )
}

/** How the control within a frame is tied to it. */
export function controlOf(id: string, error: string | null | undefined) {
  const isWrong = error != null && error !== ''
  return { id, 'aria-describedby': `${id}-more`, ...(isWrong ? { error: true, 'aria-invalid': true } : {}) }
}
