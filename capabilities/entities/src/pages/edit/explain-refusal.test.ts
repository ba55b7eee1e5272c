// Which field a refusal of PostgreSQL is shown at.
import type { MetaColumn } from '@steward/sdk'
import { expect, test } from 'vitest'
import { explainRefusal } from './explain-refusal.ts'

const column = (name: string, maxLength: number | null = null) => ({ name, maxLength }) as MetaColumn
const entity = { columns: [column('id'), column('email', 5), column('total'), column('total_paid'), column('Shop Id')] }
const explain = (error: object, edits = {}) => explainRefusal(error, { entity, edits })

test('a value that is taken, and a reference to nothing, are said at the columns of the key', () => {
  const taken = { code: '23505', message: 'duplicate key', details: 'Key (email)=(a@b.c) already exists.' }
  expect(explain(taken)).toEqual({ email: 'taken' })
  const together = { code: '23505', message: '', details: 'Key ("Shop Id", email)=(1, a) already exists.' }
  expect(explain(together)).toEqual({ 'Shop Id': 'taken', email: 'taken' })
  const nowhere = { code: '23503', message: '', details: 'Key (total)=(9) is not present in table "totals".' }
  expect(explain(nowhere)).toEqual({ total: 'unknown' })
})

test('what is missing is said at its column', () => {
  const message = 'null value in column "email" of relation "customers" violates not-null constraint'
  expect(explain({ code: '23502', message })).toEqual({ email: 'needed' })
})

test('what cannot be read is found by what was typed', () => {
  const message = 'invalid input syntax for type integer: "abc"'
  expect(explain({ code: '22P02', message }, { email: 'x', total: 'abc' })).toEqual({ total: 'unreadable' })
  expect(explain({ code: '22P02', message }, { email: 'x' })).toEqual({})
})

test('a text that is too long, by what its column takes', () => {
  expect(explain({ code: '22001' }, { email: 'longer than that', total: '12345678' })).toEqual({ email: 'too-long' })
})

test('a check is said at the column that it is named after, the longest name of those that were written', () => {
  const message = 'new row for relation "orders" violates check constraint "orders_total_paid_check"'
  expect(explain({ code: '23514', message }, { total: '1', total_paid: '2' })).toEqual({ total_paid: 'refused' })
  expect(explain({ code: '23514', message }, { email: 'x' })).toEqual({})
})

test('what names no field of the entity is said at none', () => {
  expect(explain({ code: '23502', message: 'null value in column "other" of relation "audit"' })).toEqual({})
  expect(explain({ code: 'ENTITIES_REASON_REQUIRED', message: 'column "email"' })).toEqual({})
  expect(explainRefusal(null, { entity, edits: {} })).toEqual({})
})
