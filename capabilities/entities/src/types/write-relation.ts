// A table or view as a type: its rows, what may be written, and where its foreign keys lead.
import { type Field, fields, type Layout, propertyName, tuple } from './layout.ts'
import { quote, type TypeBook } from './type-book.ts'
import type { Reference, TypedColumn, TypedRelation } from './type-model.ts'

/** The relation as a property of `Tables` or `Views`. */
export function writeRelation(relation: TypedRelation, book: TypeBook): Field {
  const { name, group, isWritable, columns, computed, references } = relation
  const isWritten = group === 'Tables' || isWritable
  return [
    propertyName(name),
    fields([
      ['Row', fields(rowFields(relation, book))],
      ...(isWritten
        ? [
            ['Insert', fields(columns.map((column) => writtenField(column, group, { book, isInsert: true })))] as Field,
            [
              'Update',
              fields(columns.map((column) => writtenField(column, group, { book, isInsert: false }))),
            ] as Field,
          ]
        : []),
      ['Relationships', tuple(references.map(writeReference))],
      ...(computed.length > 0
        ? [['ComputedFields', computed.map((column) => quote(column.name)).join(' | ')] as Field]
        : []),
    ]),
  ]
}

/** The properties of a row: its columns, and what is computed of it. */
export function rowFields({ columns, computed }: TypedRelation, book: TypeBook): Field[] {
  return [
    ...columnFields(columns, book),
    ...computed.map(({ name, type }): Field => [propertyName(name), book.nullable(type)]),
  ]
}

/** The columns of a row alone. */
export function columnFields(columns: readonly TypedColumn[], book: TypeBook): Field[] {
  return columns.map(({ name, type, isNullable }) => [propertyName(name), typeOf({ type, isNullable }, book)])
}

function typeOf({ type, isNullable }: Pick<TypedColumn, 'type' | 'isNullable'>, book: TypeBook): Layout {
  return isNullable ? book.nullable(type) : book.typeOf(type)
}

// What the database computes cannot be written, and what it fills in may be left out.
function writtenField(
  column: TypedColumn,
  group: TypedRelation['group'],
  { book, isInsert }: { book: TypeBook; isInsert: boolean },
): Field {
  const { name, type, isNullable, isGenerated, isWritable } = column
  if (isGenerated || (group === 'Views' && !isWritable)) return [`${propertyName(name)}?`, 'never']
  const isLeftOut = !isInsert || isNullable || column.default !== null
  const written = isNullable ? book.nullable(type, { isInput: true }) : book.typeOf(type, { isInput: true })
  return [`${propertyName(name)}${isLeftOut ? '?' : ''}`, written]
}

function writeReference({ constraint, columns, isOneToOne, target, targetColumns }: Reference): Layout {
  return fields([
    ['foreignKeyName', quote(constraint)],
    ['columns', tuple(columns.map(quote))],
    ['isOneToOne', String(isOneToOne)],
    ['referencedRelation', quote(target)],
    ['referencedColumns', tuple(targetColumns.map(quote))],
  ])
}
