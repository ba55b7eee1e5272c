// Arguments: what people type, what they get, and what they are told when it makes no sense.
import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test('a name runs that benchmark', () => {
  expect(readArguments(['trail'])).toEqual({ want: 'run', name: 'trail', isJson: false, isQuick: false, with: [] })
})

test('options may stand before and behind the name', () => {
  const both = { want: 'run', name: 'trail', isJson: true, isQuick: true, with: [] }
  expect(readArguments(['--json', 'trail', '--quick'])).toEqual(both)
  expect(readArguments(['trail', '--quick', '--json'])).toEqual(both)
})

test('without a name the benchmarks are listed', () => {
  expect(readArguments([])).toEqual({ want: 'list' })
  expect(readArguments(['--list'])).toEqual({ want: 'list' })
})

test('help is given whatever else is asked', () => {
  expect(readArguments(['trail', '--help'])).toEqual({ want: 'help' })
  expect(readArguments(['-h'])).toEqual({ want: 'help' })
})

test('an option that nobody knows is named', () => {
  expect(readArguments(['trail', '--fast'])).toEqual({ want: 'nothing', because: "Unknown option '--fast'" })
})

test('two names are one too many', () => {
  expect(readArguments(['trail', 'server'])).toMatchObject({
    want: 'nothing',
    because: expect.stringContaining('server'),
  })
})

test('a companion is measured beside it, and one that nobody knows is refused', () => {
  expect(readArguments(['admin-api', '--with', 'nest'])).toMatchObject({ with: ['nest'] })
  expect(readArguments(['admin-api', '--with', 'rails'])).toMatchObject({
    want: 'nothing',
    because: expect.stringContaining('rails'),
  })
})
