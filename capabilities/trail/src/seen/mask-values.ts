// Values in masked form: exactly what the Admin API shows of the same column.
import type { MaskForm } from '@steward/engine'

/** How a column is seen. */
export type ColumnMask = MaskForm

type Masks = ReadonlyMap<string, ColumnMask>
type Values = Readonly<Record<string, unknown>>

/** A row, or one side of a change, with its masked columns in masked form; the very same object where there are none. */
export function maskValues<Given extends Values | null>(values: Given, masks: Masks): Given | Values {
  if (values === null || maskedNames(values, masks).length === 0) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const form = masks.get(name)
      return [name, form === undefined ? value : maskValue(value, form)]
    }),
  )
}

/** The columns of a row that are masked. */
export function maskedNames(values: Values | null, masks: Masks): string[] {
  return masks.size === 0 || values === null ? [] : Object.keys(values).filter((name) => masks.has(name))
}

const dots = '••••'

// A part that would be the whole is not shown.
function maskValue(value: unknown, form: ColumnMask): string | null {
  if (typeof value !== 'string' || form === 'hidden') return null
  // By characters, as PostgreSQL counts them.
  const letters = [...value]
  if (form === 'first-letter') return `${letters.length > 1 ? letters[0] : ''}${dots}`
  return `${dots}${letters.length >= 8 ? letters.slice(-4).join('') : ''}`
}
