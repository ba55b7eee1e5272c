// Reads the input schema of a procedure as a person would type it: flags, positions, kinds and choices.
import { type AnyProcedure, schemasOf, wordsOf } from '@steward/contract'
import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

/**
 * One field of an input as the command line knows it.
 *
 * - `text`: handed on as typed, `number`, `flag`: present or not
 * - `list`: `a,b` or given again, `pairs`: `column=value`, given again for more
 * - `file`: a file's name, read line by line
 */
export type Field = {
  name: string
  kind: 'text' | 'number' | 'flag' | 'list' | 'pairs' | 'file'
  /** The place among the words, or null for an option. */
  position: number | null
  isRequired: boolean
  description: string
  choices: string[] | null
  /** What stands for the value in the help. */
  placeholder: string
}

type JsonSchema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  description?: string
  default?: unknown
}

/**
 * The fields of a procedure's input, those with a position first and in order.
 *
 * @example
 * fieldsOf(trailContract.history).map(({ name }) => name) // ['entity', 'key', 'limit', 'before']
 */
export function fieldsOf(promised: AnyProcedure): Field[] {
  const input = schemasOf(promised).input
  if (!(input instanceof z.ZodType)) return []
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const { args = [], file, values = {} } = wordsOf(promised).cli ?? {}
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]): Field => {
    const plain = withoutNull(property)
    const kind = name === file ? 'file' : kindOf(plain)
    const position = args.indexOf(name)
    return {
      name,
      kind,
      position: position < 0 ? null : position,
      isRequired: schema.required?.includes(name) ?? false,
      description: describe(property, plain),
      choices: choicesOf(plain),
      placeholder: kind === 'file' ? 'file' : (values[name] ?? placeholders[kind] ?? name),
    }
  })
  return fields.sort((a, b) => (a.position ?? args.length) - (b.position ?? args.length))
}

const placeholders: Partial<Record<Field['kind'], string>> = {
  number: 'number',
  list: 'name,name',
  pairs: 'column=value',
}

/** Nullable is the command line's "left out". */
function withoutNull(schema: JsonSchema): JsonSchema {
  const kinds = schema.anyOf?.filter(({ type }) => type !== 'null')
  return kinds?.length === 1 ? (kinds[0] as JsonSchema) : schema
}

function kindOf(schema: JsonSchema): Field['kind'] {
  if (schema.type === 'boolean' || schema.const === true) return 'flag'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'array') return 'list'
  if (schema.type === 'object') return 'pairs'
  return 'text'
}

function choicesOf(schema: JsonSchema): string[] | null {
  const choices = schema.type === 'array' ? schema.items?.enum : schema.enum
  return choices?.every((choice) => typeof choice === 'string') === true ? choices : null
}

function describe(property: JsonSchema, plain: JsonSchema): string {
  const words = property.description ?? plain.description ?? ''
  const initial = property.default
  if (initial == null || initial === false || Array.isArray(initial)) return words
  return `${words} (default: ${typeof initial === 'string' ? initial : JSON.stringify(initial)})`.trimStart()
}

/**
 * Turns one typed word into the field's value; `earlier` is what earlier occurrences of the same option gave.
 *
 * @throws InvalidArgumentError of commander, which becomes wrong usage.
 * @example
 * readWord(limit, '20', undefined) // 20
 */
export function readWord(field: Field, word: string, earlier: unknown): unknown {
  switch (field.kind) {
    case 'number':
      return readNumber(word)
    case 'list':
      return [...((earlier as string[] | undefined) ?? []), ...readList(field, word)]
    case 'pairs':
      return { ...(earlier as Record<string, string> | undefined), ...readPair(word) }
    default:
      return readChoice(field, word)
  }
}

function readNumber(word: string): number {
  const number = Number(word)
  if (word.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.')
  return number
}

/** Positions take a word as it is: what is typed there may hold a comma. */
function readList(field: Field, word: string): string[] {
  const words = field.position === null ? word.split(',').map((each) => each.trim()) : [word]
  return words.filter((each) => each !== '').map((each) => readChoice(field, each))
}

function readChoice({ choices }: Field, word: string): string {
  if (choices !== null && !choices.includes(word)) {
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  }
  return word
}

function readPair(word: string): Record<string, string> {
  const equals = word.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('It reads column=value.')
  return { [word.slice(0, equals).trim()]: word.slice(equals + 1) }
}
