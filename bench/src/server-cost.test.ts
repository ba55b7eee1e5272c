// The server's cost: reading what Linux says of a process, whatever the process is called.
import { expect, test } from 'vitest'
import { readStat } from './server-cost.ts'

const fields = 'S 812 900 900 0 -1 4194624 1250 88 3 1 341 127 20 7 20 0 1 0 5123 178900992 4021'

test('ticks of the process and of its dead children are told apart', () => {
  expect(readStat(`901 (postgres) ${fields}`)).toEqual({
    command: 'postgres',
    parent: 812,
    ticks: 468,
    ticksOfDead: 27,
  })
})

test('a command with spaces and brackets does not shift the fields', () => {
  expect(readStat(`901 (odd (name) x) ${fields}`)).toMatchObject({ command: 'odd (name) x', parent: 812, ticks: 468 })
})
