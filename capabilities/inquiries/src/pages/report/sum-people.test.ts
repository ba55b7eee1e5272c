// The people of several weeks.
import { expect, it } from 'vitest'
import { sumPeople, type Week } from './sum-people.ts'

const kim = { type: 'staff' as const, id: '1', name: 'Kim' }
const park = { type: 'staff' as const, id: '2', name: null }
const minutes = { medianMinutes: 5, p90Minutes: 9 }
const week = (from: string, more: Partial<Week>): Week => ({
  from,
  asked: 0,
  answered: 0,
  ...minutes,
  askers: [],
  owners: [],
  ...more,
})

it('counts each person once, the busiest first', () => {
  const weeks = [
    week('2026-11-16', { askers: [{ person: kim, asked: 1 }], owners: [{ person: park, answered: 2, ...minutes }] }),
    week('2026-11-23', {
      askers: [
        { person: park, asked: 3 },
        { person: kim, asked: 1 },
      ],
    }),
  ]
  expect(sumPeople(weeks)).toEqual({
    askers: [
      { id: 'staff 2', name: '2', count: 3 },
      { id: 'staff 1', name: 'Kim', count: 2 },
    ],
    owners: [{ id: 'staff 2', name: '2', count: 2 }],
  })
})
