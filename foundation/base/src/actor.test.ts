// Actors: what is one and what is not.
import { expect, test } from 'vitest'
import { Actor } from './actor.ts'

test('an actor has a type and an id, and may have a name', () => {
  expect(Actor.parse({ type: 'staff', id: 'kim' })).toEqual({ type: 'staff', id: 'kim' })
  expect(Actor.parse({ type: 'user', id: '1', name: null })).toEqual({ type: 'user', id: '1', name: null })
  expect(Actor.safeParse({ type: 'robot', id: '1' }).success).toBe(false)
  expect(Actor.safeParse({ type: 'user', id: '' }).success).toBe(false)
})
