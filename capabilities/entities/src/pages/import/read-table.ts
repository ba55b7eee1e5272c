// A file of values separated by something, read as it is: its encoding, its separator, its rows; every text to the letter.
import Papa from 'papaparse'

/** Text with the encoding that it was in. */
export type Decoded = { text: string; encoding: string }

/** What stands in a file; rows have as many cells as the widest of them. */
export type ReadTable = { rows: string[][]; delimiter: string }

/**
 * The text of a file: what says its encoding is believed, what is UTF-8 is UTF-8, and else it is what Korean spreadsheets write.
 *
 * @example
 * decodeFile(new TextEncoder().encode('이름')).encoding // 'UTF-8'
 */
export function decodeFile(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, 'utf-16le', 'UTF-16') as Decoded
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, 'utf-16be', 'UTF-16') as Decoded
  const known = decodeAs(bytes, 'utf-8', 'UTF-8') ?? decodeAs(bytes, 'euc-kr', 'EUC-KR')
  return known ?? { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
}

function decodeAs(bytes: Uint8Array, label: string, encoding: string): Decoded | null {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

/** The rows of a text; without a delimiter the one that fits is found. Empty lines are left out. */
export function readTable(text: string, delimiter: string | null): ReadTable {
  const { data, meta } = Papa.parse<string[]>(text, {
    delimiter: delimiter ?? '',
    delimitersToGuess: [',', '\t', ';', '|'],
    skipEmptyLines: 'greedy',
  })
  const width = data.reduce((widest, { length }) => Math.max(widest, length), 0)
  const rows = data.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')])
  return { rows, delimiter: meta.delimiter }
}
