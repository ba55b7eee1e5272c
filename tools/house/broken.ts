// What a broken rule looks like, for the checker and for the person who mends it.
export interface Broken {
  /** Relative to the root; with a line where there is one. */
  file: string
  line: number | null
  /** What was found there. */
  found: string
  /** The sentence that was broken, word by word. */
  sentence: string
  /** What to do next. */
  mend: string
}

/** Three lines a break: where and what, the sentence, the mend. */
export function printBroken(broken: readonly Broken[]): string {
  return broken
    .map(({ file, line, found, sentence, mend }) => {
      const where = line === null ? file : `${file}:${line}`
      return `${where}  ${found}\n  broken  ${sentence}\n  mend    ${mend}\n`
    })
    .join('\n')
}
