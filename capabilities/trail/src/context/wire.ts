// How an operation travels to the database: one text, its fields and its parents, as `steward.context` carries it.
import type { Actor } from '@steward/base'

/** What of one operation goes over the wire. What is missing is left out. */
export type WireFields = {
  id: string
  parentId?: string | undefined
  actor?: Actor | undefined
  procedure?: string | undefined
  /** JSON text, already redacted and cut to size. */
  params?: string | undefined
  reason?: string | undefined
  source?: string | undefined
  requestId?: string | undefined
  runId?: string | undefined
  reverts?: string | undefined
}

const fieldSeparator = '\u001f'
const operationSeparator = '\u001e'
// And what PostgreSQL cannot hold.
const separators = /[\u0000\u001e\u001f]/g
const beyondAscii = /[^\u0000-\u007f]/gu
// The same, as the units that JSON escapes.
const beyondAsciiUnit = /[^\u0000-\u007f]/g
const paramsPlace = 6
// Longer than any name that means something; a header or a reason must not blow up each BEGIN.
const longestField = 4000

/**
 * The text of an operation and, behind it, of its parents (`parent` is the parent's own text). The id is always the
 * first 36 characters.
 *
 * @example
 * encodeContext({ id, actor: { type: 'user', id: '7' }, procedure: 'orders.refund' }, '')
 */
export function encodeContext(fields: WireFields, parent: string, sign?: (text: string) => string): string {
  const { actor } = fields
  const text =
    fields.id +
    fieldSeparator +
    (fields.parentId ?? '') +
    fieldSeparator +
    (actor === undefined
      ? fieldSeparator + fieldSeparator
      : actor.type + fieldSeparator + clean(actor.id) + fieldSeparator + clean(actor.name)) +
    fieldSeparator +
    clean(fields.procedure) +
    fieldSeparator +
    cleanJson(fields.params) +
    fieldSeparator +
    clean(fields.reason) +
    fieldSeparator +
    clean(fields.source) +
    fieldSeparator +
    clean(fields.requestId) +
    fieldSeparator +
    clean(fields.runId) +
    fieldSeparator +
    (fields.reverts ?? '') +
    fieldSeparator
  const signed = sign === undefined ? text : text + sign(text)
  return parent === '' ? signed : signed + operationSeparator + parent
}

// Callers without types may hand in a number where an id is wanted.
function clean(value: string | null | undefined): string {
  if (value === undefined || value === null || value === '') return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text.length > longestField ? text.slice(0, longestField) : text).replace(separators, ' ').toWellFormed()
}

// PostgreSQL's jsonb knows neither the escaped U+0000 nor half a surrogate pair; JSON.stringify escapes nothing else so.
function cleanJson(json: string | undefined): string {
  if (json === undefined) return ''
  if (!json.includes('\\u')) return json
  return json.replace(/\\(?:u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|[^])/g, (escape) =>
    escape === '\\u0000' ? ' ' : /^\\u[dD]/.test(escape) ? '\ufffd' : escape,
  )
}

/**
 * The text as a literal of SQL that means the same under every setting of the session.
 *
 * @example
 * `SET LOCAL steward.context = ${escapeLiteral(text)}`
 */
export function escapeLiteral(text: string): string {
  return `E'${text.replace(/['\\]/g, (character) => character + character)}'`
}

/**
 * The same text in ASCII, for databases whose encoding cannot hold every character: an exotic name in a context must
 * not make a statement fail. Parameters, being JSON, lose nothing by it; elsewhere a question mark stands for what is lost.
 *
 * @example
 * toAscii('김') // '?'
 */
export function toAscii(text: string): string {
  return text
    .split(operationSeparator)
    .map((operation) =>
      operation
        .split(fieldSeparator)
        .map((field, place) => (place === paramsPlace ? escapeJson(field) : field.replace(beyondAscii, '?')))
        .join(fieldSeparator),
    )
    .join(operationSeparator)
}

function escapeJson(json: string): string {
  return json.replace(beyondAsciiUnit, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
