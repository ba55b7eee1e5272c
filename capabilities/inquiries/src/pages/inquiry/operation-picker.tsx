// A list of operations of which one is chosen.
import { Button } from '@mantine/core'
import type { Operation } from '@steward/sdk'
import { OperationLine } from '@steward/ui'
import classes from './inquiry.module.css'

type Given = {
  label: string
  operations: readonly Operation[]
  /** What the button of each says. */
  deed: string
  isBusy?: boolean
  onPick: (id: string) => void
}

/** Each on its line, with a button. */
export function OperationPicker({ label, operations, deed, isBusy = false, onPick }: Given) {
  return (
    <ul className={classes['operations']} aria-label={label}>
      {operations.map((operation) => (
        <li key={operation.id} className={classes['operation']}>
          <span className={classes['line']}>
            <OperationLine operation={operation} />
          </span>
          <Button variant="default" size="compact-xs" disabled={isBusy} onClick={() => onPick(operation.id)}>
            {deed}
          </Button>
        </li>
      ))}
    </ul>
  )
}
