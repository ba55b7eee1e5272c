// Ids of operations in what people paste.
import { expect, it } from 'vitest'
import { findOperationId } from './find-operation-id.ts'

const id = '01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'

it.each([
  [id, id],
  [` ${id.toUpperCase()}\n`, id],
  [`https://steward.example/trail/operations/${id}/revert?period=week`, id],
  ['https://steward.example/trail', null],
  ['', null],
])('in “%s” it is %s', (text, found) => {
  expect(findOperationId(text)).toBe(found)
})
