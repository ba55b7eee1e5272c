// What a role says of entities that nobody has to look at in the database: whether it reads one, and what it masks anywhere.
import type { Actor } from '@steward/base'
import { type Role, visible } from '@steward/engine'

/** Who asks for views. Without a role nothing is held back. */
export type Viewer = { actor: Actor; role: Role | null }

/** Whether an entity is one that the viewer reads. */
export function isReadable(entity: string, { actor, role }: Viewer): boolean {
  return role === null || visible(role, entity, actor).canRead
}

/** The names of all columns that a role sees masked, in whichever entity. */
export function maskedNames(role: Role | null): string[] {
  const masks = Object.values(role?.entities ?? {}).map(({ mask = [] }) => mask)
  return [...new Set(masks.flatMap((mask) => (Array.isArray(mask) ? (mask as string[]) : Object.keys(mask))))]
}
