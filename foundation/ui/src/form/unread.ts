// What was typed and is not what the field wants, yet: kept as it is until it is.

/** A text that a field could not read. It stands in the input in place of the value; `problemsOf` finds it. */
export class Unread {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}
