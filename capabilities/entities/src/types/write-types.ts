// The whole file of types: the database by schemas, and the short names by which people take types out of it.
import { keyOf } from '../catalog/derive-relationships.ts'
import { choice, type Field, fields, type Layout, print, printField, propertyName, tuple } from './layout.ts'
import type { NamedType } from './read-type-facts.ts'
import { shortNames } from './short-names.ts'
import { byName, openTypeBook, quote, type TypeBook } from './type-book.ts'
import type { TypedFunction, TypeModel } from './type-model.ts'
import { type FunctionWriting, writeFunction } from './write-function.ts'
import { writeRelation } from './write-relation.ts'

/** What is written, and how. */
export type TypeWriting = {
  model: TypeModel
  types: readonly NamedType[]
  /** Exposed schemas, the default first. */
  schemas: readonly [string, ...string[]]
  isExact: boolean
}

/** The file of types. The same database gives the same text, whatever the order of its catalog. */
export function writeTypes({ model, types, schemas, isExact }: TypeWriting): string {
  const relations = new Map(model.relations.map((relation) => [keyOf(relation), relation]))
  const relationOf = (name: { schema: string; name: string }) => relations.get(keyOf(name)) ?? null
  const book = openTypeBook({ types, schemas, isExact, groupOf: (name) => relationOf(name)?.group ?? null })
  const parts = { model, types: types.toSorted((a, b) => byName(a.name, b.name)), writing: { book, relationOf } }
  const sorted = schemas.toSorted(byName)
  const database = fields([
    // The dialect's version: of what is spoken here, clients know 13 and 14 by name.
    ['__InternalSupabase', fields([['PostgrestVersion', quote('14')]])],
    ...sorted.map((schema): Field => [propertyName(schema), writeSchema(schema, parts)]),
  ])
  return [
    `export type Json =${print(choice(['string', 'number', 'boolean', 'null', '{ [key: string]: Json | undefined }', 'Json[]']), 0, 80)}`,
    `export type Database = ${print(database, 0)}`,
    shortNames(schemas.includes('public') ? 'public' : schemas[0]),
    writeConstants(sorted, parts.types),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

type Parts = { model: TypeModel; types: readonly NamedType[]; writing: FunctionWriting }

function writeSchema(schema: string, { model, types, writing }: Parts): Layout {
  const inSchema = <One extends { schema: string }>(list: readonly One[]) => list.filter((one) => one.schema === schema)
  const relations = inSchema(model.relations)
  const group = (name: 'Tables' | 'Views') =>
    relations.filter((one) => one.group === name).map((one) => writeRelation(one, writing.book))
  const functions = Map.groupBy(inSchema(model.functions), ({ name }: TypedFunction) => name)
  const own = inSchema(types)
  return fields([
    ['Tables', filled(group('Tables'))],
    ['Views', filled(group('Views'))],
    ['Functions', filled([...functions].map(([name, overloads]) => writeFunction(name, overloads, writing)))],
    ['Enums', filled(own.filter(({ kind }) => kind === 'enum').map(writeEnum))],
    [
      'CompositeTypes',
      filled(own.filter(({ kind }) => kind === 'composite').map((one) => writeComposite(one, writing.book))),
    ],
  ])
}

function filled(list: Field[]): Layout {
  return fields(list.length === 0 ? [['[_ in never]', 'never']] : list)
}

function writeEnum({ name, labels }: NamedType): Field {
  return [propertyName(name), labels.length === 0 ? 'never' : choice(labels.map(quote))]
}

function writeComposite({ name, attributes }: NamedType, book: TypeBook): Field {
  return [
    propertyName(name),
    fields(attributes.map((attribute): Field => [propertyName(attribute.name), book.nullable(attribute.type)])),
  ]
}

// Values, since a program that lists the choices of an enum needs them while it runs.
function writeConstants(schemas: readonly string[], types: readonly NamedType[]): string {
  const lines = schemas.flatMap((schema) => {
    const enums = types.filter((one) => one.kind === 'enum' && one.schema === schema)
    const listed = enums.map(({ name, labels }) => `${printField([valueName(name), tuple(labels.map(quote))], 6)},`)
    const body =
      enums.length === 0 ? ['    Enums: {},'] : ['    Enums: {', ...listed.map((one) => `      ${one}`), '    },']
    return [`  ${valueName(schema)}: {`, ...body, '  },']
  })
  return ['export const Constants = {', ...lines, '} as const'].join('\n')
}

// In a value, unlike in a type, this one name would set a prototype.
function valueName(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : propertyName(name)
}
