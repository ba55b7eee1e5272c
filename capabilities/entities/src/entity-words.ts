// What a team says about its entities: how people call them, how a record is named, found and listed.

/**
 * A text for people, the same in all languages or one for each.
 *
 * @example
 * const label: Words = { en: 'Customers', ko: '고객' }
 */
export type Words = string | { en: string; ko?: string }

/**
 * A column in people's words. `low` is not shown where space is short.
 *
 * @example
 * const email: ColumnWords = { label: { en: 'E-mail', ko: '이메일' }, importance: 'high' }
 */
export type ColumnWords = { label?: Words; description?: Words; importance?: 'high' | 'normal' | 'low' }

/**
 * An entity in people's words; what is left out is taken from the database: its comments, its keys, its indexes.
 *
 * @example
 * const customers: EntityWords = { label: { en: 'Customers', ko: '고객' }, title: 'name', search: ['email', 'phone'] }
 */
export type EntityWords = {
  label?: Words
  description?: Words
  /** The column by which people call a record. */
  title?: string
  /** Columns that the search box looks in; those that no index answers are looked in by their whole value alone. */
  search?: readonly string[]
  /** Columns of a list, in this order. */
  list?: readonly string[]
  columns?: Readonly<Record<string, ColumnWords>>
}
