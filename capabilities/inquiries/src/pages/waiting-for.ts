// What waits for whom: questions for those who answer, answers for those who asked.

/** What waits: taken by the person, taken by nobody, and answered for the person. */
export type Waiting = { mine: number; unowned: number; answered: number }

/**
 * How many inquiries wait for a person; what nobody has taken waits only for those who may take it.
 *
 * @example
 * waitingFor({ mine: 1, unowned: 4, answered: 2 }, false) // 3
 */
export function waitingFor({ mine, unowned, answered }: Waiting, mayTake: boolean): number {
  return mine + answered + (mayTake ? unowned : 0)
}
