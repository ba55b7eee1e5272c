// The fields of a form for what zod writes, and what is found wrong in what was entered.
import { parseJson } from '@steward/base'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemsOf } from './problems-of.ts'
import { fieldsOf, type JsonSchema } from './schema-fields.ts'
import { Unread } from './unread.ts'

const schemaOf = (shape: z.ZodRawShape) =>
  z.toJSONSchema(z.object(shape), { io: 'input', unrepresentable: 'any' }) as JsonSchema
const fieldOf = (type: z.ZodType) => fieldsOf(schemaOf({ it: type }))[0]
const problemOf = (type: z.ZodType, value: unknown) => problemsOf(schemaOf({ it: type }), { it: value }, 'en')['it']

describe('the field of a schema', () => {
  it.each([
    [z.string(), { kind: 'text', isRequired: true, maxLength: null }],
    [z.string().min(2).max(20).describe('Why.'), { kind: 'text', minLength: 2, maxLength: 20, description: 'Why.' }],
    [z.string().optional(), { kind: 'text', isRequired: false }],
    [z.string().nullable(), { kind: 'text', isRequired: true, isNullable: true }],
    [
      z.int().positive(),
      { kind: 'number', isInteger: true, limits: { least: null, above: 0, most: null, below: null } },
    ],
    [
      z.number().min(1.5),
      { kind: 'number', isInteger: false, limits: { least: 1.5, above: null, most: null, below: null } },
    ],
    [z.boolean().default(true), { kind: 'boolean', isRequired: false, fallback: true }],
    [z.enum(['a', 'b']), { kind: 'choice', choices: ['a', 'b'] }],
    [z.union([z.literal('a'), z.literal(2)]), { kind: 'choice', choices: ['a', 2] }],
    [z.enum(['a', 'b']).nullable(), { kind: 'choice', choices: ['a', 'b'], isNullable: true }],
    [z.literal('x'), { kind: 'fixed', value: 'x' }],
    [z.iso.date(), { kind: 'date' }],
    [z.iso.datetime(), { kind: 'moment' }],
    [z.uuid(), { kind: 'text', format: 'uuid', pattern: null }],
    [z.array(z.string()).min(1).max(3), { kind: 'list', minItems: 1, maxItems: 3, item: { kind: 'text' } }],
    [z.object({ city: z.string() }), { kind: 'group', fields: [{ name: 'city', kind: 'text' }] }],
    [z.record(z.string(), z.string()), { kind: 'json' }],
    [z.union([z.string(), z.number()]), { kind: 'json' }],
    [z.unknown().optional(), { kind: 'json', isRequired: false }],
    [z.bigint(), { kind: 'json' }],
    [z.array(z.array(z.string())), { kind: 'json' }],
  ])('%# is what zod says', (type, expected) => {
    expect(fieldOf(type)).toMatchObject(expected)
  })

  it('is called by its name made readable, or by its title', () => {
    const shape = { orderId: z.string(), refund_all: z.boolean(), customerURL: z.string().meta({ title: 'Page' }) }
    expect(fieldsOf(schemaOf(shape)).map(({ label }) => label)).toEqual(['Order id', 'Refund all', 'Page'])
  })

  it('of what nests without end is written as JSON', () => {
    const nest = (depth: number): z.ZodType => (depth === 0 ? z.string() : z.object({ inner: nest(depth - 1) }))
    expect(JSON.stringify(fieldOf(nest(12)))).toContain('"kind":"json"')
  })
})

describe('what was entered', () => {
  it.each([
    [z.string(), undefined, 'This is needed.'],
    [z.string().optional(), undefined, undefined],
    [z.string().nullable(), null, undefined],
    [z.string(), null, 'This is needed.'],
    [z.boolean().default(false), undefined, undefined],
    [z.string().min(2), 'a', 'At least 2 characters.'],
    [z.string().max(2), '가나', undefined],
    [z.uuid(), 'x', 'This is not a valid uuid.'],
    [z.email(), 'kim@acme.co.kr', undefined],
    [z.string().regex(/^R-\d+$/), 'R-', 'This must match ^R-\\d+$'],
    [z.int(), new Unread('4x'), 'Write a whole number, such as 42.'],
    [z.int(), 1.5, 'Write a whole number, such as 42.'],
    [z.number().positive(), 0, 'More than 0.'],
    [z.number().max(10), parseJson('10.50'), 'At most 10.'],
    [z.number(), parseJson('10.50'), undefined],
    [z.iso.date(), new Unread('soon'), 'Write a date, such as 2026-11-21.'],
    [z.unknown(), new Unread('{'), 'This is not JSON yet.'],
    [z.array(z.string()).min(1), [], 'At least 1 item.'],
  ])('%# is found right or wrong', (type, value, problem) => {
    expect(problemOf(type, value)).toBe(problem)
  })

  it('is judged by its path, in the language that is spoken', () => {
    const schema = schemaOf({ lines: z.array(z.object({ amount: z.number() })), to: z.object({ city: z.string() }) })
    expect(problemsOf(schema, { lines: [{ amount: 1 }, {}] }, 'ko')).toEqual({
      'lines.1.amount': '꼭 필요해요.',
      'to.city': '꼭 필요해요.',
    })
  })
})
