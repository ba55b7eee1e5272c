// What comes out of a run: one document for programs, or a table for people.
import type { Figure } from './figure.ts'

/** The document of `--json`. */
export type Report = { name: string; machine: string; note: string; figures: Figure[] }

const heads = ['figure', 'value', 'unit', 'of its rounds', 'floor', 'goal', '']
const words = { goal: 'goal reached', floor: 'floor reached', missed: 'MISSED' }

/** The table, and below it what one needs to know to judge it. */
export function showReport({ name, machine, note, figures }: Report): string {
  const rows = figures.map((figure) => [
    figure.name,
    show(figure.value),
    figure.unit,
    `${show(figure.min)} … ${show(figure.max)}`,
    bound(figure, figure.floor),
    bound(figure, figure.goal),
    figure.reached === null ? '' : words[figure.reached],
  ])
  return [`${name}  on  ${machine}`, '', ...table([heads, ...rows]), '', ...note.split('\n')].join('\n')
}

function bound({ better }: Figure, value: number | null): string {
  return value === null ? '' : `${better === 'higher' ? '≥' : '≤'} ${show(value)}`
}

// The value stands to the right, so that digits are below digits.
function table(rows: readonly string[][]): string[] {
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number),
      )
      .join('  ')
      .trimEnd(),
  )
}

function show(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 })
}
