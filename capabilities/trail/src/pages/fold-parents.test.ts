// One line for a request and what was done in it.
import { expect, test } from 'vitest'
import type { ListedOperation } from './answers.ts'
import { foldParents } from './fold-parents.ts'

const orders = { entity: 'orders', records: 14, isAtLeast: false }

function operation(id: string, given: Partial<ListedOperation> = {}): ListedOperation {
  return { id, parentId: null, outcome: null, touched: [], ...given } as ListedOperation
}

const shown = (operations: ListedOperation[]) => foldParents(operations).map(({ id }) => id)

test('a request that changed nothing itself is folded into what was done in it', () => {
  expect(shown([operation('deed', { parentId: 'request', touched: [orders] }), operation('request')])).toEqual(['deed'])
})

test('a request that changed something, that failed, or of which nobody knows, keeps its line', () => {
  const deed = operation('deed', { parentId: 'request' })
  expect(shown([deed, operation('request', { touched: [orders] })])).toEqual(['deed', 'request'])
  expect(shown([deed, operation('request', { outcome: 'failed' })])).toEqual(['deed', 'request'])
  const { touched: _, ...unknown } = operation('request')
  expect(shown([deed, unknown as ListedOperation])).toEqual(['deed', 'request'])
})

test('an operation that changed nothing and around which nothing else stands keeps its line', () => {
  expect(shown([operation('alone'), operation('other', { parentId: 'elsewhere' })])).toEqual(['alone', 'other'])
})
