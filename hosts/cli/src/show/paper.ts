// What output is written on: how wide it is, and whether it takes colour.
import { styleText } from 'node:util'
import stringWidth from 'string-width'

/** The few styles that the command line uses. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/**
 * Where output goes. `width` is in terminal cells; a pipe is endlessly wide, so that nothing is cut for programs.
 *
 * @example
 * const paper: Paper = { width: 100, paint: (_, text) => text }
 */
export type Paper = { width: number; paint: (style: Style, text: string) => string }

/**
 * The paper that a stream is. Colours follow the terminal, NO_COLOR and FORCE_COLOR.
 *
 * @example
 * const paper = paperOf(process.stdout)
 */
export function paperOf(stream: NodeJS.WriteStream): Paper {
  const width = stream.isTTY ? stream.columns || 80 : Number.POSITIVE_INFINITY
  return { width, paint: (style, text) => styleText(style, text, { stream }) }
}

/**
 * The number of terminal cells a text takes: two for a Korean syllable, none for colours.
 *
 * @example
 * cellsOf('주문') // 4
 */
export function cellsOf(text: string): number {
  return stringWidth(text)
}

/**
 * Cuts an unpainted text to a number of cells, never through a character; what is cut ends with `…`.
 *
 * @example
 * fit('주문이 취소됨', 6) // '주문…'
 */
export function fit(text: string, cells: number): string {
  if (cells === Number.POSITIVE_INFINITY || cellsOf(text) <= cells) return text
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += cellsOf(segment)
    if (used > cells - 1) break
    kept += segment
  }
  return `${kept}…`
}

const graphemes = new Intl.Segmenter()

/**
 * Folds an unpainted text into lines of so many cells, between words where it can.
 *
 * @example
 * fold('cancelled by mistake', 12) // ['cancelled by', 'mistake']
 */
export function fold(text: string, cells: number): string[] {
  if (cells === Number.POSITIVE_INFINITY || cellsOf(text) <= cells) return [text]
  const lines: string[] = []
  let line = ''
  for (const { segment } of graphemes.segment(text)) {
    if (cellsOf(line + segment) > cells && line !== '') {
      const space = segment === ' ' ? line.length : line.lastIndexOf(' ')
      lines.push(space > 0 ? line.slice(0, space) : line)
      line = space > 0 ? line.slice(space + 1) : ''
      if (segment === ' ' && line === '') continue
    }
    line += segment
  }
  return line === '' ? lines : [...lines, line]
}

/**
 * Fills a text with spaces to a number of cells.
 *
 * @example
 * pad('주문', 6) // '주문  '
 */
export function pad(text: string, cells: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, cells - cellsOf(text)))
  return side === 'right' ? text + space : space + text
}
