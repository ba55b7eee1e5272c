// Tests of the operation that the running code belongs to.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { currentOperation, withOperation } from './current-operation.ts'

test('outside of any there is none', () => {
  expect(currentOperation()).toBeUndefined()
})

test('it is known inside, over awaits, and gone afterwards', async () => {
  const seen = await withOperation({ actor: { type: 'user', id: '7' }, procedure: 'a.b' }, async () => {
    await sleep(1)
    return currentOperation()
  })
  expect(seen).toMatchObject({
    actor: { type: 'user', id: '7' },
    procedure: 'a.b',
    parentId: null,
    source: 'app',
    reason: null,
  })
  expect(seen?.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(currentOperation()).toBeUndefined()
})

test('what is returned and thrown comes back unchanged', async () => {
  const value = {}
  const promise = Promise.resolve(value)
  const error = new Error('no')
  expect(withOperation({}, () => value)).toBe(value)
  expect(withOperation({}, () => promise)).toBe(promise)
  expect(() =>
    withOperation({}, () => {
      throw error
    }),
  ).toThrow(error)
  await expect(withOperation({}, () => Promise.reject(error))).rejects.toBe(error)
})

test('what only starts when it is awaited starts inside', async () => {
  const lazy = { then: (resolve: (value: unknown) => void) => resolve(currentOperation()?.procedure) }
  expect(await withOperation({ procedure: 'a.b' }, () => lazy)).toBe('a.b')
})

test('parallel operations keep apart', async () => {
  const seen = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      withOperation({ procedure: String(index) }, async () => {
        await sleep(Math.random() * 10)
        return currentOperation()?.procedure
      }),
    ),
  )
  expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => String(index)))
})

test('a context that cannot be told does no harm', () => {
  withOperation(
    () => {
      throw new Error('no')
    },
    () => expect(currentOperation()?.actor).toBeNull(),
  )
})
