// A list of objects as a table, and one object as a list of names and values.
import { isExactNumber, printJson } from '@steward/base'
import { cellsOf, fold, type Paper, pad } from './paper.ts'
import { formatValue, localTime } from './value.ts'

/**
 * A table with a head and columns as wide as their content. Where the paper is too narrow, cells are folded into several
 * lines, those of the widest column first; ids are never folded, since people copy them.
 *
 * @example
 * showTable([{ entity: 'orders', tracked: true }], ['entity', 'tracked'], paper)
 */
export function showTable(rows: readonly unknown[], columns: readonly string[] | undefined, paper: Paper): string {
  const names = columns ?? namesIn(rows)
  const cells = rows.map((row) => names.map((name) => formatCell(valueAt(row, name), columns !== undefined)))
  const heads = names.map(headOf)
  const widths = heads.map((head, index) => Math.max(cellsOf(head), ...cells.map((line) => cellsOf(line[index] ?? ''))))
  const least = names.map((name, index) => (/(^|\.)id$/i.test(name) ? (widths[index] ?? 0) : leastWidth))
  narrow(widths, least, paper.width - 2 * (names.length - 1))
  const sides = names.map((name) => (rows.every((row) => isNumber(valueAt(row, name))) ? 'left' : 'right'))
  const print = (line: readonly string[]): string[] => {
    const folded = line.map((text, index) => fold(text, widths[index] ?? 0))
    const height = Math.max(...folded.map((parts) => parts.length))
    return Array.from({ length: height }, (_, row) =>
      folded
        .map((parts, index) => pad(parts[row] ?? '', widths[index] ?? 0, sides[index]))
        .join('  ')
        .trimEnd(),
    )
  }
  return [...print(heads).map((line) => paper.paint('dim', line)), ...cells.flatMap(print)].join('\n')
}

/**
 * One object as names and values, one a line. Nothing is cut: what stands here is meant to be copied.
 *
 * @example
 * showFacts({ installed: true, version: '0.1.0' }, undefined, paper)
 */
export function showFacts(facts: object, columns: readonly string[] | undefined, paper: Paper): string {
  const isChosen = columns !== undefined
  const names = (columns ?? Object.keys(facts)).filter((name) => !isChosen || !isNothing(valueAt(facts, name)))
  const width = Math.max(0, ...names.map((name) => cellsOf(headOf(name))))
  return names
    .map((name) => `${paper.paint('dim', pad(headOf(name), width))}  ${formatValue(valueAt(facts, name))}`.trimEnd())
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

/** In columns that somebody chose, nothing is blank and instants are local; in the rows of a table all is exact. */
function formatCell(value: unknown, isChosen: boolean): string {
  if (!isChosen) return formatValue(value)
  return isNothing(value)
    ? ''
    : typeof value === 'string' && instant.test(value)
      ? localTime(value)
      : formatValue(value)
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}

function namesIn(rows: readonly unknown[]): string[] {
  return [...new Set(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])))]
}

/** `operation.databaseUser` reads "database user", `operation.id` "operation". */
function headOf(path: string): string {
  const name = path.replace(/\.id$/, '').split('.').at(-1) ?? path
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isExactNumber(value)
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const leastWidth = 8

/** Takes cells from the widest column that has some to give, until the line fits or none has. */
function narrow(widths: number[], least: readonly number[], available: number): void {
  for (let excess = widths.reduce((sum, width) => sum + width, 0) - available; excess > 0; excess--) {
    const spare = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0))
    const widest = spare.indexOf(Math.max(...spare))
    if (spare[widest] === 0) return
    widths[widest] = (widths[widest] ?? 0) - 1
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
