// Which inquiries a tab shows.
import { expect, it } from 'vitest'
import { questionOf, readTab } from './list-filter.ts'

it('asks for what the tab means', () => {
  const asked = (tab: Parameters<typeof questionOf>[0]) => questionOf(tab, { actor: 'kim', text: '  ' })
  expect(asked('open')).toEqual({ state: ['open'], mine: false, asker: null, text: null })
  expect(asked('mine')).toEqual({ state: ['taken'], mine: true, asker: null, text: null })
  expect(asked('asked')).toEqual({ state: [], mine: false, asker: 'kim', text: null })
  expect(asked('taken')).toEqual({ state: ['taken'], mine: false, asker: null, text: null })
  expect([asked('answered').state, asked('all').state]).toEqual([['answered'], []])
})

it('asks for the words, and not for more of them than can be asked for', () => {
  expect(questionOf('all', { actor: 'kim', text: ' refund ' }).text).toBe('refund')
  expect(questionOf('all', { actor: 'kim', text: 'x'.repeat(300) }).text).toHaveLength(200)
})

it('begins with what waits for the person', () => {
  expect([readTab(undefined, true), readTab(undefined, false), readTab('all', false), readTab('x', true)]).toEqual([
    'open',
    'asked',
    'all',
    'open',
  ])
})
