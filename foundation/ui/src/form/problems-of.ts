// What is missing or wrong in the input of a procedure, before anybody is asked.
import { isExactNumber } from '@steward/base'
import type { Language } from '../language/language.ts'
import { valueText } from '../value/value-text.ts'
import { formWords } from './form-words.ts'
import { fieldsOf, type JsonSchema, type Limits, type SchemaField } from './schema-fields.ts'
import { Unread } from './unread.ts'

type Problems = Record<string, string>
type FormWords = (typeof formWords)[Language]

/**
 * What is missing or wrong in an input, by path (`lines.0.amount`), in the language that is spoken; empty where nothing is. The server has
 * the last word.
 *
 * @example
 * problemsOf(action.input, input, language) // { amount: 'This is needed.' }
 */
export function problemsOf(schema: JsonSchema, value: Readonly<Record<string, unknown>>, language: Language): Problems {
  const problems: Problems = {}
  findInGroup({ fields: fieldsOf(schema), value, path: '' }, { problems, words: formWords[language] })
  return problems
}

type Finding = { problems: Problems; words: FormWords }
type Group = { fields: readonly SchemaField[]; value: unknown; path: string }

function findInGroup({ fields, value, path }: Group, finding: Finding): void {
  const values = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  for (const field of fields) {
    findInField({ field, value: values[field.name], path: path === '' ? field.name : `${path}.${field.name}` }, finding)
  }
}

function findInField(
  { field, value, path }: { field: SchemaField; value: unknown; path: string },
  finding: Finding,
): void {
  const { problems, words } = finding
  const tell = (problem: string | null) => {
    if (problem !== null) problems[path] = problem
  }
  if (field.kind === 'fixed') return
  if (value === null && field.isNullable) return
  if (value === undefined || value === null) {
    // A group that must be there is asked for field by field.
    if (field.kind === 'group' && field.isRequired)
      return findInGroup({ fields: field.fields, value: {}, path }, finding)
    if (field.isRequired) tell(words.needed)
    return
  }
  if (value instanceof Unread) return tell(unreadProblem(field, words))
  if (field.kind === 'text') tell(textProblem(field, value, words))
  if (field.kind === 'number') tell(numberProblem(field, value, words))
  if (field.kind === 'group') findInGroup({ fields: field.fields, value, path }, finding)
  if (field.kind === 'list' && Array.isArray(value)) {
    const { item, minItems, maxItems } = field
    if (value.length < minItems) tell(words.tooFew({ count: minItems }))
    if (maxItems !== null && value.length > maxItems) tell(words.tooMany({ count: maxItems }))
    for (const [at, each] of value.entries()) findInField({ field: item, value: each, path: `${path}.${at}` }, finding)
  }
}

function unreadProblem(field: SchemaField, words: FormWords): string {
  if (field.kind === 'number') return field.isInteger ? words.noInteger : words.noNumber
  if (field.kind === 'date') return words.noDate
  return field.kind === 'moment' ? words.noMoment : words.noJson
}

const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
}

function textProblem(field: SchemaField & { kind: 'text' }, value: unknown, words: FormWords): string | null {
  if (typeof value !== 'string') return null
  const { format, minLength, maxLength, pattern } = field
  const { length } = [...value]
  if (length < minLength) return words.tooShort({ count: minLength })
  if (maxLength !== null && length > maxLength) return words.tooLong({ count: maxLength })
  if (format !== null && formats[format]?.test(value) === false) return words.noFormat({ format })
  return pattern !== null && !matches(pattern, value) ? words.noPattern({ pattern }) : null
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    // A pattern that this browser cannot read is for the server to judge.
    return true
  }
}

function numberProblem(field: SchemaField & { kind: 'number' }, value: unknown, words: FormWords): string | null {
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || isExactNumber(value)
  if (!isNumber) return field.isInteger ? words.noInteger : words.noNumber
  const text = valueText(value)
  if (field.isInteger && !/^-?\d+$/.test(text)) return words.noInteger
  return limitProblem(Number(text), field.limits, words)
}

function limitProblem(value: number, { least, above, most, below }: Limits, words: FormWords): string | null {
  if (least !== null && value < least) return words.atLeast({ limit: String(least) })
  if (above !== null && value <= above) return words.moreThan({ limit: String(above) })
  if (most !== null && value > most) return words.atMost({ limit: String(most) })
  return below !== null && value >= below ? words.lessThan({ limit: String(below) }) : null
}
