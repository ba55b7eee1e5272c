// What all operations of the document share: headers, parameters and answers of the dialect.
import type { Json } from './type-schema.ts'

const text = { type: 'string' }
const query = (name: string, description: string, more: Json = {}) => ({
  name,
  in: 'query',
  description,
  schema: text,
  ...more,
})
const header = (name: string, description: string, more: Json = {}) => ({
  name,
  in: 'header',
  description,
  schema: text,
  ...more,
})

/** The parameters by the names of their components. */
export const sharedParameters: Readonly<Record<string, Json>> = {
  select: query('select', 'Columns and embedded records: `id,total,customer(name)`. All columns unless given.'),
  order: query('order', '`total.desc.nullslast,id`'),
  limit: query('limit', 'At most so many rows', { schema: { type: 'integer', minimum: 0 } }),
  offset: query('offset', 'After so many rows', { schema: { type: 'integer', minimum: 0 } }),
  and: query('and', 'All must hold: `(total.gt.10,status.eq.open)`'),
  or: query('or', 'One must hold: `(total.gt.10,status.eq.open)`'),
  columns: query('columns', 'Only these columns of the body are written: `id,total`'),
  onConflict: query('on_conflict', 'The unique columns by which a row is known to be there already'),
  range: header('Range', 'Rows by place: `0-24`'),
  rangeUnit: header('Range-Unit', 'What `Range` counts', { schema: { type: 'string', enum: ['items'] } }),
  preferRead: header(
    'Prefer',
    '`count=exact`, `count=planned` or `count=estimated`; `handling=strict`; `timezone=Asia/Seoul`',
  ),
  preferWrite: header(
    'Prefer',
    '`return=representation`, `headers-only` or `minimal`; `tx=rollback` for a dry run; `resolution=merge-duplicates` or `ignore-duplicates`; `missing=default`; `handling=strict, max-affected=10`; `count=exact`',
  ),
  ifMatch: header('If-Match', 'Writes only if the record still has this ETag: 412 if it has not'),
  reason: header('Steward-Reason', 'Why, percent-encoded: `TICKET-42%3A%20refunded%20twice`. It is kept in the trail.'),
  diff: header('Steward-Diff', '`1`: answers with the exact changes, triggers and cascades included', {
    schema: { type: 'string', enum: ['1'] },
  }),
}

/** A parameter of `sharedParameters`, by reference. */
export function parameter(name: string): Json {
  return { $ref: `#/components/parameters/${name}` }
}

/** The answers that operations share, by the names of their components. */
export const sharedResponses: Readonly<Record<string, Json>> = {
  Refused: {
    description: 'Refused, or failed',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  },
  Nothing: { description: 'Done; nothing is sent back' },
}

/** The schemas that operations share, by name. */
export const sharedSchemas: Readonly<Record<string, Json>> = {
  Error: {
    type: 'object',
    required: ['code', 'message', 'details', 'hint'],
    properties: {
      code: { type: 'string', description: 'PostgREST’s, PostgreSQL’s, or Steward’s own' },
      message: { type: 'string' },
      details: { description: 'More, where there is more' },
      hint: { type: ['string', 'null'], description: 'What to do next' },
    },
  },
  Change: {
    type: 'object',
    description: 'One row’s change, as the trail has it',
    additionalProperties: true,
  },
}

export const refused: Json = { $ref: '#/components/responses/Refused' }

/**
 * An answer in JSON.
 *
 * @example
 * jsonAnswer('The record', { $ref: '#/components/schemas/orders' })
 */
export function jsonAnswer(description: string, schema: Json, headers?: Json): Json {
  return { description, ...(headers === undefined ? {} : { headers }), content: { 'application/json': { schema } } }
}

/** The answer of a write with `Steward-Diff: 1`, around what it answers without. */
export function diffSchema(result: Json): Json {
  return {
    type: 'object',
    required: ['result', 'changes'],
    properties: { result, changes: { type: 'array', items: { $ref: '#/components/schemas/Change' } } },
  }
}
