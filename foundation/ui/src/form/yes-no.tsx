// Yes, no, or neither.
import { UnstyledButton } from '@mantine/core'
import { useWords } from '../language/language-provider.tsx'
import classes from './form.module.css'
import { formWords } from './form-words.ts'

/** Yes or no; undefined and null are neither. */
export function YesNo({
  id,
  value,
  onChange,
  isDisabled = false,
}: {
  id: string
  value: boolean | null | undefined
  onChange: (value: boolean) => void
  isDisabled?: boolean | undefined
}) {
  const words = useWords(formWords)
  return (
    <div className={classes.choices} role="radiogroup" aria-labelledby={`${id}-label`} id={id}>
      {[true, false].map((each) => (
        <UnstyledButton
          key={String(each)}
          className={classes.choice}
          role="radio"
          aria-checked={value === each}
          disabled={isDisabled}
          onClick={() => onChange(each)}
        >
          {each ? words.yes : words.no}
        </UnstyledButton>
      ))}
    </div>
  )
}
