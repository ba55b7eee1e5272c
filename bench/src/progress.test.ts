// Progress: one line on a terminal, few lines in a log, and an end that comes nearer.
import { expect, test } from 'vitest'
import { duration, openProgress, progressLine, secondsLeft } from './progress.ts'

function paper(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, columns: 40, written, write: (text: string) => written.push(text) }
}

test('the line says how much is done, how long it will take, and what is going on', () => {
  expect(progressLine(0.42, 42, 100, 'trail.bulk: round 2 of 9')).toMatch(
    /^ 42 % {2}about 58 s left +trail.bulk: round 2 of 9$/,
  )
})

test('at first the plan says how long it takes, in the end the pace', () => {
  expect(secondsLeft(0, 0, 100)).toBe(100)
  expect(secondsLeft(0.5, 100, 100)).toBeGreaterThan(50)
  expect(secondsLeft(0.99, 990, 100)).toBeCloseTo(10, 0)
  expect(secondsLeft(1, 300, 100)).toBe(0)
})

test('a terminal gets one line, written again and again, no wider than it is', () => {
  const terminal = paper(true)
  const progress = openProgress(terminal, 10, () => 0)
  progress.tell(0.1, 'something with a name that is much too long for it')
  progress.tell(0.2, 'more')
  progress.end()
  expect(terminal.written.join('')).not.toContain('\n')
  expect(terminal.written[0]?.length).toBeLessThanOrEqual(40 + '\r\u001b[2K'.length)
  expect(terminal.written.at(-1)).toBe('\r\u001b[2K')
})

test('a log gets a line every few seconds', () => {
  const log = paper(false)
  let now = 0
  const progress = openProgress(log, 10, () => now)
  for (now = 0; now <= 12_000; now += 100) progress.tell(now / 12_000, 'working')
  progress.end()
  expect(log.written).toHaveLength(3)
  expect(log.written.every((line) => line.endsWith('\n'))).toBe(true)
})

test('durations are read by people', () => {
  expect([8.4, 80, 3900].map(duration)).toEqual(['8 s', '1 min 20 s', '1 h 5 min'])
})
