// The rows of a file that are not written, each with its reasons.
import type { MetaEntity } from '@steward/sdk'
import type { Phrase } from '@steward/ui'
import type { importWords } from './import-words.ts'
import type { Rehearsal } from './rehearse-import.ts'

/** A row that is not written, or several that fail together. */
export type Refused = { line: number; count: number; reasons: string[] }

type Saying = { entity: MetaEntity; words: (typeof importWords)['en']; say: (phrase: Phrase) => string }

/** In the order of the file. */
export function refusedRows({ sorted, rejected }: Rehearsal, { entity, words, say }: Saying): Refused[] {
  const labelOf = (name: string) =>
    say(entity.columns.find((one) => one.name === name)?.label ?? { en: name, ko: name })
  const before = sorted.refused.map(({ row: { line, problems }, why }): Refused => {
    const reasons =
      why === 'problems'
        ? problems.map(({ column, problem }) => words.problem({ column: labelOf(column), what: words[problem] }))
        : [words[why]]
    return { line, count: 1, reasons }
  })
  const byDatabase = rejected.map(
    ({ rows, error }): Refused => ({
      line: rows[0]?.line ?? 0,
      count: rows.length,
      reasons: [error.message],
    }),
  )
  return [...before, ...byDatabase].toSorted((one, other) => one.line - other.line)
}
