// Which field a refusal of the database is about, so that it can be said where it was typed.
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import type { Texts } from './merge-edits.ts'

/** What is wrong with a field. */
type FieldProblem = 'taken' | 'needed' | 'unknown' | 'unreadable' | 'too-long' | 'too-large' | 'refused'

/** A refusal, as CallError carries it. */
type Refusal = { code?: unknown; message?: unknown; details?: unknown }

type Columns = Pick<MetaEntity, 'columns'>

/**
 * The columns that a refusal names, with what is wrong with each; none where it names none.
 *
 * @example
 * explainRefusal({ code: '23505', details: 'Key (email)=(a@b.c) already exists.' }, { entity, edits }) // { email: 'taken' }
 */
export function explainRefusal(
  error: unknown,
  { entity, edits }: { entity: Columns; edits: Texts },
): Record<string, FieldProblem> {
  if (typeof error !== 'object' || error === null) return {}
  const { code, message, details } = error as Refusal
  const said = { message: textOf(message), details: textOf(details) }
  const columns = explainers[String(code)]?.(said, { entity, edits }) ?? []
  const problem = problems[String(code)]
  const known = columns.filter((name) => entity.columns.some((column) => column.name === name))
  return problem === undefined ? {} : Object.fromEntries(known.map((name) => [name, problem]))
}

const problems: Readonly<Record<string, FieldProblem>> = {
  '23505': 'taken',
  '23502': 'needed',
  '23503': 'unknown',
  '23514': 'refused',
  '22001': 'too-long',
  '22003': 'too-large',
  '22P02': 'unreadable',
  '22007': 'unreadable',
  '22008': 'unreadable',
}

type Said = { message: string; details: string }
type Typed = { entity: Columns; edits: Texts }
type Explain = (said: Said, typed: Typed) => string[]

// `Key (shop_id, email)=(1, a@b.c) already exists.`
const inKey: Explain = ({ details }) => /Key \(([^)]+)\)/.exec(details)?.[1]?.split(', ').map(unquoted) ?? []
const named: Explain = ({ message }) => /column "((?:[^"]|"")+)"/.exec(message)?.slice(1) ?? []

// `invalid input syntax for type integer: "abc"`: it says the value, and the form knows where that was typed.
const ofValue: Explain = ({ message }, { edits }) => {
  const value = /: "([\s\S]*)"$/.exec(message)?.[1]
  return Object.keys(edits).filter((name) => value !== undefined && edits[name] === value)
}

const tooLong: Explain = (_, { entity, edits }) =>
  entity.columns.filter(({ name, maxLength }) => isLonger(edits[name], maxLength)).map(({ name }) => name)

// `violates check constraint "orders_total_check"`: as PostgreSQL names them.
const ofConstraint: Explain = ({ message }, { entity, edits }) => {
  const constraint = /check constraint "([^"]+)"/.exec(message)?.[1] ?? ''
  const fitting = entity.columns.filter(({ name }) => Object.hasOwn(edits, name) && isNamedIn(constraint, name))
  const longest = Math.max(0, ...fitting.map(({ name }) => name.length))
  return fitting.filter(({ name }) => name.length === longest).map(({ name }) => name)
}

const explainers: Readonly<Record<string, Explain>> = {
  '23505': inKey,
  '23502': named,
  '23503': inKey,
  '23514': ofConstraint,
  '22001': tooLong,
  '22003': ofValue,
  '22P02': ofValue,
  '22007': ofValue,
  '22008': ofValue,
}

function isNamedIn(constraint: string, name: string): boolean {
  return `_${constraint}_`.includes(`_${name}_`)
}

function isLonger(text: string | null | undefined, most: MetaColumn['maxLength']): boolean {
  return text != null && most !== null && [...text].length > most
}

function unquoted(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
