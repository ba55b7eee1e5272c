// Shows an output to a person: by the blocks that its contract hints at, else by its shape.
import type { Block } from '@steward/contract'
import { showChanges } from './changes.ts'
import { showOperations } from './operations.ts'
import type { Paper } from './paper.ts'
import { showAnything, showFacts, showTable, valueAt } from './table.ts'
import { formatValue } from './value.ts'

/**
 * The output as text for people, ending with a line break; an empty string when there is nothing to say.
 *
 * @example
 * show(output, [{ as: 'table', of: 'tables' }], paper)
 */
export function show(output: unknown, blocks: readonly Block[] | undefined, paper: Paper): string {
  const texts = (blocks ?? blocksFor(output))
    .map((block) => showBlock(output, block, paper))
    .filter((text) => text !== '')
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`
}

function showBlock(output: unknown, block: Block, paper: Paper): string {
  const value = block.of === undefined ? output : valueAt(output, block.of)
  const body = isNothing(value) ? (block.empty ?? '') : showBody(value, block, paper)
  return body === '' || block.title === undefined || isNothing(value)
    ? body
    : `${paper.paint('bold', block.title)}\n${body}`
}

function showBody(value: unknown, { as, columns }: Block, paper: Paper): string {
  if (as === 'text') return String(value).replace(/\n+$/, '')
  if (as === 'changes' && Array.isArray(value)) return showChanges(value, paper)
  if (as === 'operations' && Array.isArray(value)) return showOperations(value, paper)
  if (as === 'lines' && Array.isArray(value)) return value.map((line) => `- ${formatValue(line)}`).join('\n')
  if (as === 'table' && Array.isArray(value)) return showTable(value, columns, paper)
  if (typeof value === 'object' && !Array.isArray(value) && value !== null) return showFacts(value, columns, paper)
  return showAnything(value)
}

/** Nothing hinted: a list of objects is a table, an object its facts, with a table for each list in it. */
function blocksFor(output: unknown): Block[] {
  if (Array.isArray(output)) return [{ as: 'table', empty: 'Nothing.' }]
  if (typeof output !== 'object' || output === null) return [{ as: 'facts' }]
  const lists = Object.entries(output).filter(
    ([, value]) => Array.isArray(value) && value.every((each) => typeof each === 'object'),
  )
  const facts = Object.keys(output).filter((name) => !lists.some(([list]) => list === name))
  return [
    ...(facts.length === 0 ? [] : [{ as: 'facts' as const, columns: facts }]),
    ...lists.map(([name]): Block => ({ as: 'table', of: name, title: name })),
  ]
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
