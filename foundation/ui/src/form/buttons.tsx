// Buttons that say what they do, and that they are doing it.
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** What such a button is told; without `onClick` it submits the form that it stands in. */
export type DoButtonProps = {
  children: ReactNode
  onClick?: (() => void) | undefined
  isBusy?: boolean | undefined
  isDisabled?: boolean | undefined
}

/**
 * Does what the page is for: "Save 3 fields".
 *
 * @example
 * <SubmitButton isBusy={save.isPending} onClick={() => save.mutate()}>{words.save({ count })}</SubmitButton>
 */
export function SubmitButton(given: DoButtonProps) {
  return <DoButton {...given} color="indigo" />
}

/**
 * Does what takes something away: "Delete 14 orders". Never "OK".
 *
 * @example
 * <DangerButton onClick={remove}>{words.deleteOrders({ count: 14 })}</DangerButton>
 */
export function DangerButton(given: DoButtonProps) {
  return <DoButton {...given} color="red" />
}

function DoButton({ children, onClick, isBusy = false, isDisabled = false, color }: DoButtonProps & { color: string }) {
  return (
    <Button
      color={color}
      type={onClick === undefined ? 'submit' : 'button'}
      loading={isBusy}
      disabled={isDisabled}
      aria-busy={isBusy}
      {...(onClick === undefined ? {} : { onClick })}
    >
      {children}
    </Button>
  )
}
