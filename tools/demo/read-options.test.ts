// The words behind `npm start --`.
import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

test('without words it is port 4848, all ninety days, and whatever is there already', () => {
  expect(readOptions([], {})).toEqual({ port: 4848, isReset: false, scale: 1 })
})

test('a port is taken from the words, else from PORT', () => {
  expect(readOptions(['--port', '5000'], { PORT: '6000' })).toMatchObject({ port: 5000 })
  expect(readOptions([], { PORT: '6000' })).toMatchObject({ port: 6000 })
})

test.each([
  [['--port', 'http'], '--port takes a number from 0 to 65535, and not "http".'],
  [['--port', '70000'], '--port takes'],
  [['--port', '48.5'], '--port takes'],
  [['--scale', '2'], '--scale takes'],
  [['--prot', '5000'], "'--prot'"],
])('what makes no sense is refused: %j', (words, message) => {
  expect(() => readOptions(words, {})).toThrow(message)
})

test('help is told from everything else', () => {
  expect(readOptions(['--help', '--reset'], {})).toBeNull()
})
