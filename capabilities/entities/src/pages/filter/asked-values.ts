// What a field is told that asks for the values of a clause.
import type { MetaColumn } from '@steward/sdk'
import type { Operator } from './clause.ts'

/** `column` is null where a filter goes deeper than a column. */
export type AskedValues = {
  column: MetaColumn | null
  operator: Operator
  values: readonly string[]
  onChange: (values: readonly string[]) => void
}
