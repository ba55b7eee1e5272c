// All actions that somebody may perform, with the entity that each of them acts on.
import type { Meta, MetaAction, MetaEntity } from '@steward/sdk'

/** An action, and what it acts on; null where it is of no entity that the person sees. */
export type ListedAction = { action: MetaAction; entity: MetaEntity | null }

/** All of them: those of entities first, as the entities stand. */
export function listActions({ entities, actions }: Meta): ListedAction[] {
  return [
    ...entities.flatMap((entity) => entity.actions.map((action) => ({ action, entity }))),
    ...actions.map((action) => ({ action, entity: null })),
  ]
}

/** Whether an action is what somebody looks for: each of the words stands somewhere in what is said of it. */
export function isSought({ action, entity }: ListedAction, text: string): boolean {
  const { procedure, summary, description } = action
  const said = [procedure, summary, description ?? '', entity?.label.en ?? '', entity?.label.ko ?? '']
    .join(' ')
    .toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
