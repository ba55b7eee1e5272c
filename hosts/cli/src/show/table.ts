// A list of objects as a table, and one object as a list of names and values.
import { isExactNumber, printJson } from '@steward/base'
import { cellsOf, fit, type Paper, pad } from './paper.ts'
import { formatValue } from './value.ts'

/**
 * A table with a head, columns as wide as their content, cut to the paper where it is too narrow.
 *
 * @example
 * showTable([{ entity: 'orders', tracked: true }], ['entity', 'tracked'], paper)
 */
export function showTable(rows: readonly unknown[], columns: readonly string[] | undefined, paper: Paper): string {
  const names = columns ?? namesIn(rows)
  const cells = rows.map((row) => names.map((name) => formatCell(valueAt(row, name), columns !== undefined)))
  const isNumeric = names.map((name) => rows.every((row) => isNumber(valueAt(row, name))))
  const heads = names.map(headOf)
  const widths = heads.map((head, index) => Math.max(cellsOf(head), ...cells.map((line) => cellsOf(line[index] ?? ''))))
  narrow(widths, paper.width - 2 * (names.length - 1))
  const print = (line: readonly string[]): string =>
    line
      .map((text, index) => {
        const width = widths[index] ?? 0
        return pad(fit(text, width), width, isNumeric[index] === true ? 'left' : 'right')
      })
      .join('  ')
      .trimEnd()
  return [paper.paint('dim', print(heads)), ...cells.map(print)].join('\n')
}

/**
 * One object as names and values, one a line.
 *
 * @example
 * showFacts({ installed: true, version: '0.1.0' }, undefined, paper)
 */
export function showFacts(facts: object, columns: readonly string[] | undefined, paper: Paper): string {
  const names = (columns ?? Object.keys(facts)).filter(
    (name) => columns === undefined || !isNothing(valueAt(facts, name)),
  )
  const heads = names.map(headOf)
  const width = Math.max(0, ...heads.map(cellsOf))
  return names
    .map((name, index) => {
      const value = fit(formatValue(valueAt(facts, name)), Math.max(10, paper.width - width - 2))
      return `${paper.paint('dim', pad(heads[index] ?? '', width))}  ${value}`
    })
    .join('\n')
}

/**
 * The value at a path such as `operation.procedure`; undefined where the path ends early. Through a list it goes item by
 * item: `entities.entity` is the list of their names.
 *
 * @example
 * valueAt({ plan: { rows: [] } }, 'plan.rows') // []
 */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    if (Array.isArray(inner)) return inner.map((item) => valueAt(item, name))
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined
  }, value)
}

/** In columns that somebody chose, nothing is blank; in the rows of a table, a null must be told from an empty text. */
function formatCell(value: unknown, isChosen: boolean): string {
  return isChosen && isNothing(value) ? '' : formatValue(value)
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}

function namesIn(rows: readonly unknown[]): string[] {
  return [...new Set(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])))]
}

/** `operation.databaseUser` reads "database user". */
function headOf(path: string): string {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isExactNumber(value)
}

/** Takes cells from the widest column until the line fits; a column keeps at least eight. */
function narrow(widths: number[], available: number): void {
  let excess = widths.reduce((sum, width) => sum + width, 0) - available
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths))
    const width = widths[widest] ?? 0
    if (width <= 8) return
    const next = Math.max(8, ...widths.filter((other) => other < width))
    const cut = Math.min(excess, Math.max(1, width - next))
    widths[widest] = width - cut
    excess -= cut
  }
}

/**
 * Anything as JSON, for values that no hint describes.
 *
 * @example
 * showAnything(42) // '42'
 */
export function showAnything(value: unknown): string {
  return typeof value === 'string' ? value : printJson(value, 2)
}
