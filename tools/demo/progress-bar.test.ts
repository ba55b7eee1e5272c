// The bar that people watch while the demo is filled.
import { expect, test } from 'vitest'
import { openProgressBar, type Screen, type Step } from './progress-bar.ts'

const steps: Step[] = [
  { name: 'history', says: 'Ninety days', weight: 3 },
  { name: 'pages', says: 'The pages', weight: 1 },
]

function screenOf(isTTY: boolean): { screen: Screen; written: string[] } {
  const written: string[] = []
  return { written, screen: { isTTY, columns: 80, write: (text) => written.push(text) } }
}

test('without a terminal a line tells when a step begins, each quarter of it, and its end', () => {
  const { screen, written } = screenOf(false)
  const bar = openProgressBar(steps, screen)
  for (const share of [0, 0.1, 0.2, 0.3, 0.4, 1]) bar.advance('history', share)
  bar.close()
  expect(written).toEqual([
    expect.stringMatching(/^ {2}0 % {2}Ninety days \(\d+ s\)\n$/),
    expect.stringMatching(/^ 22 % {2}Ninety days \(\d+ s\)\n$/),
    expect.stringMatching(/^ 75 % {2}Ninety days: done \(\d+ s\)\n$/),
  ])
})

test('on a terminal one line is drawn over and over, and taken away in the end', () => {
  const { screen, written } = screenOf(true)
  const bar = openProgressBar(steps, screen)
  bar.advance('history', 0.5)
  bar.advance('pages', 1)
  bar.close()
  expect(written.every((text) => text.startsWith('\r\u001b[2K') && !text.includes('\n'))).toBe(true)
  expect(written[0]).toContain(' 37 %  Ninety days')
  expect(written[1]).toContain(' 62 %  Ninety days')
  expect(written[2]).toBe('\r\u001b[2K')
})

test('steps that run side by side add up, none ever goes back, and the end is a hundred percent', () => {
  const { screen, written } = screenOf(true)
  const bar = openProgressBar(steps, screen)
  bar.advance('pages', 1)
  bar.advance('pages', 0.2)
  bar.advance('history', 2)
  expect(written.map((text) => /\d+ %/.exec(text)?.[0])).toEqual(['25 %', '25 %', '100 %'])
})

test('a line is never longer than the terminal', () => {
  const { screen, written } = screenOf(true)
  openProgressBar(steps, { ...screen, columns: 20 }).advance('history', 0.5)
  expect(written[0]).toHaveLength('\r\u001b[2K'.length + 19)
})

test('a step that nobody has planned is refused', () => {
  expect(() => openProgressBar(steps, screenOf(false).screen).advance('lunch', 1)).toThrow('There is no step "lunch".')
})
