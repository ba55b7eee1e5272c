// Everything that a list would show as CSV, read along its order page by page: complete, or it says that it is not.
import { printJson } from '@steward/base'
import type { StewardClient, Values } from '@steward/sdk'
import { searchedFor } from './filters-of.ts'
import { type Listing, readPage } from './list-query.ts'
import { shownColumns } from './list-state.ts'

/** What came of an export: no file where somebody has stopped it. */
export type Exported = { file: Blob | null; count: number; isComplete: boolean }

type Exporting = Omit<Listing, 'size'> & { signal: AbortSignal; onProgress: (count: number) => void }

/** As many as the server hands out at once, less the one that says whether there are more. */
const mostAtOnce = 1000

/** @throws CallError */
export async function exportRecords(client: StewardClient, exporting: Exporting): Promise<Exported> {
  const { entity, entities, signal, onProgress } = exporting
  const columns = shownColumns(exporting.state, entity).map(({ name }) => name)
  const size = Math.min(mostAtOnce, entity.maxRows ?? mostAtOnce) - 1
  let count = 0
  // Excel takes a file without this mark for one in the encoding of the country.
  const parts: BlobPart[] = ['\ufeff', csvLine(columns)]
  const finish = (isComplete: boolean): Exported => ({ file: new Blob(parts, { type: 'text/csv' }), count, isComplete })
  try {
    const more = await searchedFor(client, { entity, text: exporting.state.search, signal })
    if (more === null) return finish(true)
    let state = { ...exporting.state, place: null, rows: size }
    for (;;) {
      const page = await readPage(client, { entity, entities, state, size, isForFile: true }, { more, signal })
      parts.push(page.rows.map((row) => csvRow(row, columns)).join(''))
      count += page.rows.length
      onProgress(count)
      if (page.next === null) return finish(!page.hasMore)
      state = { ...state, place: { direction: 'after', cursor: page.next } as never }
    }
  } catch (error) {
    if (signal.aborted) return { file: null, count, isComplete: false }
    throw error
  }
}

/**
 * A record as a line of CSV: NULL is nothing, an empty text is `""`, numbers are exact, JSON is JSON.
 *
 * @example
 * csvRow({ id: 1, note: null, name: 'a,b' }, ['id', 'note', 'name']) // '1,,"a,b"\r\n'
 */
export function csvRow(row: Values, columns: readonly string[]): string {
  return csvLine(columns.map((name) => textOf(row[name])))
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : printJson(value)
}

function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '' : csvCell(cell))).join(',')}\r\n`
}

function csvCell(text: string): string {
  // What the API's own reader would take for NULL is quoted, too.
  return text === '' || text === 'NULL' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
