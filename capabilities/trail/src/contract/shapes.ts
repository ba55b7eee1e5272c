// The shapes that several promises of the trail share.
import { z } from 'zod'
import { Operation } from '../operation.ts'

/** PostgreSQL's own JSON of a row or a key: handed on as the very same object, since its exact text travels with it. */
export const Values = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null,
)

export const instantOrMark = 'an instant (2026-03-02 14:00+09), a mark, or an operation id (the state just before it)'
export const Entity = z.string().min(1).describe('table, or schema.table outside public')
export const Key = z.string().describe('the value, column=value,column=value, or JSON')
export const Instant = z.string().describe('an instant: 2026-03-02, 2026-03-02 14:00+09')
export const RowMode = z.enum(['row', 'bulk'])

export const ChangeFacts = z.looseObject({
  id: z.string(),
  kind: z.enum(['insert', 'update', 'delete', 'truncate']),
  entity: z.string(),
  key: Values.nullable(),
  before: Values.nullable(),
  after: Values.nullable(),
  at: z.string(),
  imported: z.boolean(),
  operation: Operation,
})
