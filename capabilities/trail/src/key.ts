// Keys of records: from what people write to the text that the trail stores, and back to JSON.
import { isStewardError, parseJson, rawText } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { trailErrors } from './errors.ts'
import { ask } from './read/ask.ts'
import type { ColumnForm, KeyColumn, Relation } from './relation.ts'

/**
 * A key as callers give it: the value itself, an object `{ column: value }`, the values in the order of the columns, or a
 * text as on the command line: the value, `column=value,column=value`, or JSON.
 *
 * @example
 * const key: KeyInput = { order_id: 42, line: 3 }
 */
export type KeyInput =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Readonly<Record<string, unknown>>
  | readonly unknown[]

const keyTextStatement = {
  name: 'steward_key_text',
  text: 'SELECT steward.key_text($1::integer, $2::text[]) AS key',
}

/**
 * The text by which the trail knows a record, from a {@link KeyInput}. The database is asked only for types whose values
 * have several spellings.
 *
 * @throws TRAIL_NO_KEY, TRAIL_KEY_SHAPE with the columns and types that are expected.
 * @example
 * await parseKey(pool, relation, 'order_id=42,line=3') // '["42", "3"]'
 */
export async function parseKey(queryable: Queryable, relation: Relation, input: unknown): Promise<string> {
  if (relation.keyColumns.length === 0) throw trailErrors.NO_KEY({ entity: relation.entity })
  const parts = splitKey(relation, input)
  const texts = relation.keyColumns.map((column, place) => spelledPlainly(column, parts[place] as string))
  if (texts.every((text) => text !== null)) return storedKey(texts)
  try {
    const [row] = await ask<{ key: string }>(queryable, keyTextStatement, [relation.id, parts])
    return row?.key as string
  } catch (error) {
    const { code, message } = (error as { cause?: { code?: string; message?: string } }).cause ?? {}
    // Class 22: the value does not fit the type; 23514: nor the domain; 42883: a type without equality.
    if (isStewardError(error) && code && /^(22|23514|42883)/.test(code)) throw keyShape(relation, input, message ?? '')
    throw error
  }
}

/** {@link parseKey} without the database: null where that needs the database, or fails. */
export function parsePlainKey(relation: Relation, input: unknown): string | null {
  try {
    const parts = splitKey(relation, input)
    const texts = relation.keyColumns.map((column, place) => spelledPlainly(column, parts[place] as string))
    return texts.length > 0 && texts.every((text) => text !== null) ? storedKey(texts) : null
  } catch {
    return null
  }
}

/**
 * A stored key as the JSON text of an object under today's column names; numbers are bare and keep all their digits.
 *
 * @example
 * presentKey(relation, '["42", "3"]') // '{"order_id":42,"line":3}'
 */
export function presentKey(relation: Relation, keyText: string): string {
  const fields = partsOf(relation, keyText).map((part, place) => {
    const column = relation.keyColumns[place]
    // Stored when the key had another number of columns.
    const name = column?.name ?? `column ${place + 1}`
    return `${JSON.stringify(name)}:${presentValue(column?.form ?? 'text', part)}`
  })
  return `{${fields.join(',')}}`
}

/** The texts of a stored key, column by column. */
export function partsOf(relation: Relation, keyText: string): string[] {
  if (relation.keyColumns.length === 1) return [keyText]
  try {
    const parts: unknown = JSON.parse(keyText)
    if (Array.isArray(parts)) return parts.map(String)
  } catch {
    // Stored when the key had one column.
  }
  return [keyText]
}

function presentValue(form: ColumnForm, text: string): string {
  if (form === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text
  if (form === 'boolean' && (text === 'true' || text === 'false')) return text
  return JSON.stringify(text)
}

/** What is stored for several columns is what PostgreSQL's json_build_array prints. */
function storedKey(texts: string[]): string {
  return texts.length === 1 ? (texts[0] as string) : `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`
}

const integerBounds: Record<string, bigint> = { smallint: 1n << 15n, integer: 1n << 31n, bigint: 1n << 63n }

/** The stored text where this needs no database; null where the type's own reading is needed, or an error is to come. */
function spelledPlainly({ type }: KeyColumn, text: string): string | null {
  const bound = integerBounds[type]
  if (bound !== undefined) {
    if (!/^\s*[+-]?\d+\s*$/.test(text)) return null
    const value = BigInt(text.trim().replace(/^\+/, ''))
    return value >= -bound && value < bound ? String(value) : null
  }
  if (type === 'text' || /^character varying(\(\d+\))?$/.test(type)) return text
  if (type === 'uuid' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase()
  return null
}

function splitKey(relation: Relation, input: unknown): string[] {
  if (typeof input === 'string') return splitText(relation, input)
  if (Array.isArray(input)) return fromList(relation, input, input)
  if (typeof input === 'object' && input !== null && !(input instanceof Date) && rawDigits(input) === undefined) {
    return fromObject(relation, input as Record<string, unknown>, input)
  }
  return fromList(relation, [input], input)
}

function splitText(relation: Relation, text: string): string[] {
  const names = relation.keyColumns.map(({ name }) => name)
  const json = /^\s*[[{]/.test(text) ? jsonOf(text) : undefined
  const isSingle = names.length === 1
  if (json !== undefined) {
    // A single text column may well hold JSON: then the text is the value.
    const isAnswer = Array.isArray(json) ? !isSingle : !isSingle || Object.hasOwn(json, names[0] as string)
    if (isAnswer) return Array.isArray(json) ? fromList(relation, json, text) : fromObject(relation, json, text)
  }
  const assigned = splitAssignments(text, names)
  if (assigned) return fromObject(relation, assigned, text)
  if (isSingle) {
    if (text.includes('\0')) throw keyShape(relation, text, 'No value holds a zero character.')
    return [text]
  }
  throw keyShape(relation, text, `It has ${names.length} columns: name each of them.`)
}

/** `a=1,b=x` as an object; a value may hold commas. Null when the text does not begin like that. */
function splitAssignments(text: string, names: string[]): Record<string, string> | null {
  const begins = names.some((name) => text.startsWith(`${name}=`))
  if (!begins && (names.length === 1 || !/^\w+=/.test(text))) return null
  const assigned: Record<string, string> = {}
  let last: string | null = null
  for (const piece of text.split(',')) {
    const name = names.find((candidate) => piece.startsWith(`${candidate}=`) && !Object.hasOwn(assigned, candidate))
    if (name !== undefined) {
      assigned[name] = piece.slice(name.length + 1)
      last = name
    } else if (last !== null && (Object.keys(assigned).length === names.length || !/^\w+=/.test(piece))) {
      assigned[last] += `,${piece}`
    } else assigned[piece.split('=')[0] as string] = piece
  }
  return assigned
}

function fromObject(relation: Relation, object: Readonly<Record<string, unknown>>, input: unknown): string[] {
  const names = relation.keyColumns.map(({ name }) => name)
  const unknown = Object.keys(object).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw keyShape(relation, input, `Not part of the key: ${unknown.join(', ')}`)
  const missing = names.filter((name) => !Object.hasOwn(object, name))
  if (missing.length > 0) throw keyShape(relation, input, `Missing: ${missing.join(', ')}`)
  return fromList(
    relation,
    names.map((name) => object[name]),
    input,
  )
}

function fromList(relation: Relation, values: readonly unknown[], input: unknown): string[] {
  if (values.length !== relation.keyColumns.length) {
    throw keyShape(relation, input, `${values.length} given, ${relation.keyColumns.length} expected`)
  }
  return values.map((value, place) => {
    const text = textOf(value)
    if (text === null || text.includes('\0')) {
      throw keyShape(relation, input, `The value of ${relation.keyColumns[place]?.name} is none.`)
    }
    return text
  })
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return rawDigits(value) ?? null
}

function rawDigits(value: unknown): string | undefined {
  const raw = rawText(value)
  return raw !== undefined && !/^\s*[[{]/.test(raw) ? raw : undefined
}

function jsonOf(text: string): Record<string, unknown> | unknown[] | undefined {
  try {
    return parseJson(text) as Record<string, unknown> | unknown[]
  } catch {
    return undefined
  }
}

function keyShape(relation: Relation, input: unknown, reason: string) {
  const types = relation.keyColumns.map(({ name, type }) => `${name} (${type})`).join(', ')
  const example = relation.keyColumns.map(({ name }) => `${name}=…`).join(',')
  const expected =
    relation.keyColumns.length === 1 ? `${types}, as its value, ${example} or JSON` : `${types}, as ${example} or JSON`
  const given = typeof input === 'string' ? `"${input}"` : shortJson(input)
  return trailErrors.KEY_SHAPE({ entity: relation.entity, given, expected, reason })
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item)) ?? String(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
