// Interleaving: every variant gets every round, and none a place of its own.
import { expect, test } from 'vitest'
import { interleave, turnsOf } from './interleave.ts'

test('variants take turns, and each round begins with another one', async () => {
  const order: string[] = []
  await interleave(['a', 'b'], { rounds: 3 }, async (variant) => order.push(variant))
  expect(order.join('')).toBe('abbaab')
})

test('samples come back by variant and in the order of the rounds', async () => {
  const samples = await interleave(['a', 'b'], { rounds: 3 }, async (variant, round) => `${variant}${round}`)
  expect(samples).toEqual({ a: ['a0', 'a1', 'a2'], b: ['b0', 'b1', 'b2'] })
})

test('samples of warm-ups are not kept', async () => {
  const samples = await interleave(['a'], { rounds: 2, warmUps: 2 }, async (_, round) => round)
  expect(samples).toEqual({ a: [0, 1] })
})

test('what is to happen off the clock happens before each turn', async () => {
  const events: string[] = []
  const before = async (variant: string) => void events.push(`before ${variant}`)
  await interleave(['a', 'b'], { rounds: 1, before }, async (variant) => events.push(variant))
  expect(events).toEqual(['before a', 'a', 'before b', 'b'])
})

test('progress grows from nothing and never reaches the end before it', async () => {
  const told: number[] = []
  await interleave(['a', 'b'], { rounds: 2, warmUps: 1, tell: (fraction) => told.push(fraction) }, async () => 0)
  expect(told[0]).toBe(0)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBeLessThan(1)
})

test('over as many rounds as there are variants, each has stood at each place', () => {
  const places = [0, 1, 2].map((round) => turnsOf(['a', 'b', 'c'], round))
  for (const place of [0, 1, 2]) expect(new Set(places.map((turns) => turns[place])).size).toBe(3)
})
