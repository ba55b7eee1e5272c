// How many rows one write may reach: as the role says, or else, for people, as many as one means by hand.
import type { Actor } from '@steward/base'
import type { Plan } from '../dialect/plan.ts'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import type { SeenTable } from '../visibility/see-table.ts'

/** At most so many rows. What the role says cannot be raised by asking. */
export type Cap = { most: number; isAbsolute: boolean }

type Asking = { seen: SeenTable | null; actor: Actor | null; settings: Pick<Settings, 'maxAffectedByPeople'> }

/**
 * The cap of a write, or null. The one for people holds for changes and removals: what is inserted is there to be counted
 * before it is sent. `Prefer: handling=strict, max-affected` takes its place.
 */
export function capOf({ kind, request }: Plan, { seen, actor, settings }: Asking): Cap | null {
  if (seen === null || kind === 'call' || kind === 'read') return null
  if (seen.maxAffected !== null) return { most: seen.maxAffected, isAbsolute: true }
  const isPerson = actor?.type === 'staff' || actor?.type === 'user'
  const { handling, maxAffected } = request.preferences
  const isRaised = handling === 'strict' && maxAffected !== null
  const most = settings.maxAffectedByPeople
  if (!isPerson || isRaised || most === null || (kind !== 'update' && kind !== 'delete')) return null
  return { most, isAbsolute: false }
}

/**
 * Lets so many rows through, or refuses them.
 *
 * @throws ENTITIES_TOO_MANY_AFFECTED
 */
export function demandWithin(cap: Cap | null, affected: number): void {
  if (cap !== null && affected > cap.most) throw entitiesErrors.TOO_MANY_AFFECTED({ affected, ...cap })
}
