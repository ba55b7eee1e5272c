// Asks the trail's own doctor, and says what it found in fewer words: one sentence a kind.
import type { Actor } from '@steward/base'
import { type Engine, perform } from '@steward/engine'
import type { Finding } from '../finding.ts'
import { shortList } from './examine-database.ts'

/** As `steward trail doctor` answers. */
type Examination = {
  installed: boolean
  healthy: boolean
  findings: { kind: string; entity: string | null; message: string; hint: string }[]
}

const levels: Readonly<Record<string, Finding['level']>> = {
  'not-installed': 'warning',
  untracked: 'warning',
  'no-stamps': 'note',
  owner: 'note',
  'no-event-trigger': 'note',
  'trigger-right': 'warning',
  unmaintained: 'warning',
  stray: 'warning',
  unsigned: 'warning',
  'no-key': 'warning',
}

/**
 * What the trail's doctor finds; what it does not know as harmless is an error.
 *
 * @example
 * const { installed, findings } = await examineTrail(engine, actor)
 */
export async function examineTrail(engine: Engine, actor: Actor): Promise<{ installed: boolean; findings: Finding[] }> {
  const { output } = await perform(engine, { procedure: 'trail.doctor', input: {}, actor, source: 'cli' })
  const { installed, findings } = output as Examination
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  return { installed, findings: kinds.map((kind) => together(findings.filter((each) => each.kind === kind))) }
}

/** Many tables with the same trouble are one finding. */
function together(same: Examination['findings']): Finding {
  const [first] = same as [Examination['findings'][number]]
  const level = levels[first.kind] ?? 'error'
  const kind = `trail-${first.kind}`
  const entities = [...new Set(same.map(({ entity }) => entity).filter((entity) => entity !== null))]
  if (same.length === 1) return { level, kind, subject: first.entity, message: first.message, hint: first.hint }
  if (first.kind === 'untracked') {
    const message = `${same.length} tables are not tracked: ${shortList(entities)}.`
    return { level, kind, subject: null, message, hint: 'steward trail track --all, or those that matter by name.' }
  }
  const message = `${first.message} And ${same.length - 1} more like it${entities.length > 1 ? ` (${shortList(entities)})` : ''}.`
  return { level, kind, subject: null, message, hint: `${first.hint}. All of them: steward trail doctor` }
}
