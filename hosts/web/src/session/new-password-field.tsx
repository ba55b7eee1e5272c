// A new password, and whether it is long enough already.
import { PasswordInput } from '@mantine/core'
import { useWords } from '@steward/ui'
import { sessionWords } from './session-words.ts'

/** As the server demands it. */
export const leastPassword = 12

/** Says how long a password has to be, and how much is missing while it is typed. */
export function NewPasswordField({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  const words = useWords(sessionWords)
  const missing = leastPassword - value.length
  const progress = missing > 0 ? words.stillMissing({ count: missing }) : words.longEnough
  const length = words.atLeast({ count: leastPassword })
  return (
    <PasswordInput
      label={words.newPassword}
      description={value === '' ? length : `${length} ${progress}`}
      name="new-password"
      autoComplete="new-password"
      maxLength={200}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
