// Circles are found whole and each is told once.
import { expect, test } from 'vitest'
import { findCircles } from './circles.ts'

function circles(arrows: string[]): string[] {
  const edges = new Map<string, string[]>()
  for (const [from = '', to = ''] of arrows.map((arrow) => arrow.split('>'))) {
    edges.set(from, [...(edges.get(from) ?? []), to])
    if (!edges.has(to)) edges.set(to, [])
  }
  return findCircles(edges).map((circle) => circle.join(''))
}

test('a house without circles has none, however often paths meet', () => {
  expect(circles(['a>b', 'a>c', 'b>d', 'c>d'])).toEqual([])
})

test('a node that points at itself is a circle', () => {
  expect(circles(['a>b', 'b>b'])).toEqual(['b'])
})

test('a long circle is told once, from its first name', () => {
  expect(circles(['c>a', 'a>b', 'b>c', 'c>d'])).toEqual(['abc'])
})

test('circles that share a node are told one by one', () => {
  expect(circles(['plan>target', 'target>plan', 'plan>editors', 'editors>plan']).sort()).toEqual([
    'editorsplan',
    'plantarget',
  ])
})
