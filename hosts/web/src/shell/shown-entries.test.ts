// The menu: what a person may see, in order, and which entry a page belongs to.
import type { CapabilityPages } from '@steward/ui'
import { expect, test } from 'vitest'
import { entryOf, shownEntries } from './shown-entries.ts'

const icon = () => null
const pages = (name: string, order: number, permission?: string): CapabilityPages => ({
  name,
  routes: [],
  menu: [
    {
      label: { en: name, ko: name },
      path: `/${name}`,
      icon,
      order,
      ...(permission === undefined ? {} : { permission }),
    },
  ],
})

test('entries stand in their order, without those that the person may not see', () => {
  const capabilities = [
    pages('people', 80, 'access:list-people'),
    pages('trail', 20, 'trail:operations'),
    pages('entities', 10),
    { name: 'silent', routes: [] },
  ]
  const seen = (held: string[]) =>
    shownEntries(capabilities, (permission) => held.includes(permission)).map(({ path }) => path)
  expect(seen(['trail:operations', 'access:list-people'])).toEqual(['/entities', '/trail', '/people'])
  expect(seen(['trail:operations'])).toEqual(['/entities', '/trail'])
  expect(seen([])).toEqual(['/entities'])
})

test('a page belongs to the longest entry above it, and home to itself alone', () => {
  const paths = ['/', '/access', '/access/keys', '/trail']
  expect(entryOf(paths, '/access/keys/stw_1')).toBe('/access/keys')
  expect(entryOf(paths, '/access/people')).toBe('/access')
  expect(entryOf(paths, '/')).toBe('/')
  expect(entryOf(paths, '/trailer')).toBeNull()
})
