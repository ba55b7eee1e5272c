// The address of an action, with what is filled in.
import { printSet } from '../edit/set-parameters.ts'

/** The address of an action's page; `filledIn` are fields of its input as texts. */
export function actionPath(procedure: string, filledIn: Readonly<Record<string, string>> = {}) {
  return { to: `/actions/${encodeURIComponent(procedure)}`, search: printSet(filledIn) as never }
}
