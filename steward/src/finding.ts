// One thing that somebody should know about an installation, and how to mend it.

/**
 * What was found. `error`: something does not work, or shows too much; `warning`: it soon will, or is not meant so; `note`:
 * it could be better. `subject` is the entity, role or key that it is about, null where it is about the whole.
 *
 * @example
 * const isBad = (findings: Finding[]) => findings.some(({ level }) => level === 'error')
 */
export type Finding = {
  level: 'error' | 'warning' | 'note'
  kind: string
  subject: string | null
  message: string
  hint: string
}
