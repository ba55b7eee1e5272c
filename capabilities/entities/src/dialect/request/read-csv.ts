// CSV as RFC 4180 writes it, become rows of JSON.

/** The columns that the first line names, and every other line as a list of values; null is an unquoted NULL. */
export type CsvTable = { header: string[]; rows: (string | null)[][] }

type Cell = { text: string; isQuoted: boolean }

/** Lines that are empty are left out. `null` where a quote is never closed or closed too early. */
export function readCsv(text: string): CsvTable | null {
  const lines = readLines(text)
  if (lines === null) return null
  const [header = [], ...rows] = lines
  return { header: header.map((cell) => cell.text), rows: rows.map((cells) => cells.map(valueOf)) }
}

function valueOf({ text, isQuoted }: Cell): string | null {
  return !isQuoted && text === 'NULL' ? null : text
}

function readLines(text: string): Cell[][] | null {
  const lines: Cell[][] = []
  let line: Cell[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readBare(text, at)
    if (cell === null) return null
    line.push(cell)
    at = cell.end
    if (text[at] === ',') {
      at += 1
      // A comma at the very end opens one more cell, which is empty.
      if (at < text.length) continue
      line.push({ text: '', isQuoted: false })
    }
    if (text.startsWith('\r\n', at)) at += 2
    else at += 1
    if (line.length > 1 || line[0]?.isQuoted || line[0]?.text !== '') lines.push(line)
    line = []
  }
  return lines
}

function readBare(text: string, start: number): Cell & { end: number } {
  let end = start
  while (end < text.length && !',\r\n'.includes(text[end] ?? '')) end += 1
  return { text: text.slice(start, end), isQuoted: false, end }
}

function readQuoted(text: string, start: number): (Cell & { end: number }) | null {
  let from = start + 1
  let value = ''
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote === -1) return null
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const isEnd = quote + 1 >= text.length || ',\r\n'.includes(text[quote + 1] ?? '')
      return isEnd ? { text: value, isQuoted: true, end: quote + 1 } : null
    }
    value += '"'
    from = quote + 2
  }
}
