// The service's own procedures as types: what each takes and what it answers with, as JSON.
import { z } from 'zod'
import { type Field, fields, print, propertyName } from './layout.ts'
import { byName } from './type-book.ts'
import { writeJsonSchema } from './write-json-schema.ts'

/**
 * A procedure by its name and its shapes.
 *
 * @example
 * const refund: TypedProcedure = { name: 'orders.refund', input: z.object({ id: z.number() }), output: z.object({}) }
 */
export type TypedProcedure = { name: string; input: z.ZodType; output: z.ZodType }

/** The interface `Procedures`: `{ 'orders.refund': { Input: …; Output: … } }`. */
export function writeProcedures(procedures: readonly TypedProcedure[]): string {
  const listed = procedures
    .toSorted((a, b) => byName(a.name, b.name))
    .map(
      ({ name, input, output }): Field => [
        propertyName(name),
        fields([
          ['Input', writeShape(input, 'input')],
          ['Output', writeShape(output, 'output')],
        ]),
      ],
    )
  return `export interface Procedures ${print(fields(listed), 0)}\n`
}

// What JSON has no words for, a date that is made from a text for one, is unknown.
function writeShape(shape: z.ZodType, io: 'input' | 'output') {
  return writeJsonSchema(z.toJSONSchema(shape, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline' }))
}
