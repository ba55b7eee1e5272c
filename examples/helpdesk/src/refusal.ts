// What the domain says when it will not do something: for people, with the way out where there is one.

/** Why: it is not there, it is not in a state for it, or what was asked makes no sense. */
export type RefusalCode = 'NOT_FOUND' | 'NOT_POSSIBLE' | 'NOT_SENSIBLE'

/**
 * A rule of the domain says no. HTTP answers with its status (`RefusalFilter`), Steward with its hint (`answering`).
 *
 * @example
 * throw new Refusal('NOT_FOUND', 'There is no order HD-00007.', 'Look for it by the e-mail of the customer.')
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly hint: string

  constructor(code: RefusalCode, message: string, hint = '') {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.hint = hint
  }
}
