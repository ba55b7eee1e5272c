// The one builder of SQL text: it collects the parameters, and nothing of a request gets into the text but through it.

import type { QualifiedName } from '@steward/postgres'
import { quoteIdentifier } from '@steward/postgres'
import type { Query } from '../query.ts'

/** A statement while it is written. */
export class Statement {
  readonly #values: (string | null)[] = []
  readonly #keys = new Map<string, string>()

  /** A value as a parameter; PostgreSQL takes its type from what it stands beside. */
  bind(value: string): string {
    this.#values.push(value)
    return `$${this.#values.length}`
  }

  /**
   * A key of JSON as a parameter. The same key is the same parameter everywhere, or else PostgreSQL would not see that
   * what is grouped by is what is selected.
   */
  bindKey(key: string): string {
    const known = this.#keys.get(key)
    if (known !== undefined) return known
    const bound = `${this.bind(key)}::text`
    this.#keys.set(key, bound)
    return bound
  }

  /** The finished statement. */
  toQuery(text: string): Query {
    return { text, values: this.#values }
  }
}

/** A table, view or function with its schema, quoted. */
export function quoteName({ schema, name }: QualifiedName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

/** A column of the rows that are called so, quoted. */
export function quoteColumn(alias: string, column: string): string {
  return `${quoteIdentifier(alias)}.${quoteIdentifier(column)}`
}
