// What waits for whom.
import { expect, it } from 'vitest'
import { waitingFor } from './waiting-for.ts'

it('counts what nobody has taken for those who may take it alone', () => {
  const waiting = { mine: 1, unowned: 4, answered: 2 }
  expect([waitingFor(waiting, true), waitingFor(waiting, false)]).toEqual([7, 3])
})
