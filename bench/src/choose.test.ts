// Choosing: names of benchmarks, of their parts and of their figures all lead somewhere.
import { expect, test } from 'vitest'
import type { Part } from './benchmark.ts'
import { choose } from './choose.ts'

const part = (name: string): Part => ({
  name,
  summary: '',
  seconds: { full: 1, quick: 1 },
  measure: async () => ({ figures: [], notes: [] }),
})
const benchmarks = [{ name: 'trail', summary: '', parts: [part('trail.bulk'), part('trail.history')] }]

const chosen = (name: string) => choose(benchmarks, name).parts?.map((found) => found.name)

test('the name of a benchmark chooses all of its parts', () => {
  expect(chosen('trail')).toEqual(['trail.bulk', 'trail.history'])
})

test('the name of a part, or of a figure that it gives, chooses that part', () => {
  expect(chosen('trail.bulk')).toEqual(['trail.bulk'])
  expect(chosen('trail.history.ms')).toEqual(['trail.history'])
})

test('a name that nobody knows is answered with those that are near', () => {
  expect(choose(benchmarks, 'trial')).toEqual({ parts: null, near: ['trail'] })
  expect(choose(benchmarks, 'trail.bulkier')).toMatchObject({ parts: null })
})
