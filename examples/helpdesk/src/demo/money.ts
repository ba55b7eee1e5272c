// Amounts of money with their two digits, which a number of JavaScript would lose on its way through JSON.

// Of the newest ECMAScript, not yet in every set of types.
const json = JSON as typeof JSON & { rawJSON(text: string): unknown }

/** An amount, in hundredths. */
export class Money {
  readonly hundredths: number

  constructor(hundredths: number) {
    this.hundredths = hundredths
  }

  toString(): string {
    return (this.hundredths / 100).toFixed(2)
  }

  /** As PostgreSQL's JSON writes a numeric: 12000.00, without quotes. */
  toJSON(): unknown {
    return json.rawJSON(this.toString())
  }
}
