// Nobody hears of what happened to another customer, unless somebody has chosen so.
import { expect, it } from 'vitest'
import { pickWhose } from './pick-whose.ts'

const acme = { entity: 'workspaces', key: ['7'] }
const owners = [
  { ...acme, records: 3 },
  { entity: 'workspaces', key: ['8'], records: 2 },
]

it.each([
  ['the subject, where it was touched', { subject: acme, owners, actorType: 'service' }, true, '["workspaces","7"]'],
  ['nobody, where several were touched by us', { subject: null, owners, actorType: 'service' }, false, null],
  ['nobody, where the subject was not among them', { subject: acme, owners, actorType: 'staff' }, false, null],
  ['the only one', { subject: null, owners: owners.slice(0, 1), actorType: 'service' }, false, '["workspaces","7"]'],
  ['all of it, where the customer did it', { subject: null, owners, actorType: 'user' }, false, 'all'],
  ['nobody, where nothing is known', { subject: null, owners: [], actorType: 'system' }, false, null],
])('tells of %s', (_, choice, isTouched, whose) => {
  expect(pickWhose(choice, () => isTouched)).toBe(whose)
})
