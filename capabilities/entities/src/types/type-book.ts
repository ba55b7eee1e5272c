// Which type of TypeScript stands for which of PostgreSQL's, as its JSON comes over the wire.
import type { QualifiedName } from '@steward/postgres'
import { choice, type Layout } from './layout.ts'
import type { NamedType } from './read-type-facts.ts'

/** How types are looked up. */
export type TypeBook = {
  /** The type of a value; `isInput` is what may be sent where more is understood than is answered. */
  typeOf: (text: string, options?: { isInput?: boolean }) => string
  /** The same with `null` beside it. */
  nullable: (text: string, options?: { isInput?: boolean }) => Layout
  /** A way to something of an exposed schema: `Database["public"]["Tables"]["orders"]["Row"]`; null for what is not exposed. */
  pathTo: (group: 'Enums' | 'CompositeTypes', name: QualifiedName) => string | null
  pathToRow: (relation: QualifiedName) => string | null
}

/** What the book is made from. */
export type BookSources = {
  types: readonly NamedType[]
  /** Exposed schemas. */
  schemas: readonly string[]
  /** Whether an exposed relation stands among the tables or the views. */
  groupOf: (relation: QualifiedName) => 'Tables' | 'Views' | null
  /** Numbers that JavaScript cannot hold are texts, as `numbers=string` answers them. */
  isExact: boolean
}

const numbers = new Set(['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric'])
const beyondDouble = new Set(['bigint', 'numeric'])
const special: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  json: 'Json',
  jsonb: 'Json',
  void: 'undefined',
  record: 'Record<string, unknown>',
  int2vector: 'unknown',
  oidvector: 'unknown',
}

/** Opens the book over the types of a database. */
export function openTypeBook({ types, schemas, groupOf, isExact }: BookSources): TypeBook {
  const byText = new Map(types.map((type) => [type.text, type]))
  const exposed = new Set(schemas)
  const pathTo: TypeBook['pathTo'] = (group, { schema, name }) =>
    exposed.has(schema) ? `Database[${quote(schema)}][${quote(group)}][${quote(name)}]` : null
  const pathToRow: TypeBook['pathToRow'] = (relation) => {
    const group = groupOf(relation)
    return group === null
      ? null
      : `Database[${quote(relation.schema)}][${quote(group)}][${quote(relation.name)}]["Row"]`
  }
  const typeOf: TypeBook['typeOf'] = (text, { isInput = false } = {}) => {
    if (text.endsWith('[]')) return arrayOf(typeOf(text.slice(0, -2), { isInput }))
    const named = byText.get(text)
    if (named !== undefined) return ofNamed(named, isInput)
    if (Object.hasOwn(special, text)) return special[text] as string
    if (isExact && beyondDouble.has(text)) return isInput ? 'string | number' : 'string'
    if (numbers.has(text)) return 'number'
    return /^any|^"any"$|^internal$/.test(text) ? 'unknown' : 'string'
  }
  const ofNamed = (named: NamedType, isInput: boolean): string => {
    if (named.kind === 'domain') return typeOf(named.base ?? 'text', { isInput })
    if (named.kind === 'enum') return pathTo('Enums', named) ?? (named.labels.map(quote).join(' | ') || 'never')
    if (named.kind === 'composite') return pathTo('CompositeTypes', named) ?? 'Record<string, unknown>'
    if (named.kind === 'row') return pathToRow(named) ?? 'Record<string, unknown>'
    return named.isJson ? 'Json' : 'string'
  }
  return {
    typeOf,
    nullable: (text, options) => withNull(typeOf(text, options)),
    pathTo,
    pathToRow,
  }
}

function arrayOf(type: string): string {
  return type.includes(' | ') ? `(${type})[]` : `${type}[]`
}

/** A name of the catalog as a text of TypeScript. */
export function quote(text: string): string {
  return JSON.stringify(text)
}

/** The same names in the same order everywhere: as people sort them, and by code point where they would not care. */
export function byName(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}

const collator = new Intl.Collator('en')

function withNull(type: string): Layout {
  return type === 'unknown' ? type : choice([type, 'null'])
}
