// Two people at one browser: the second finds nothing of the first, and each finds their own after a reload.
import { expect, test } from 'vitest'
import { forgetLeft, keepApart } from './keep-apart.ts'

/** A storage as browsers have it. */
function storage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
  }
}

function browser() {
  const [local, session] = [storage(), storage()]
  const leave = () => {
    for (const name of ['steward.language', 'steward.opened', 'others']) local.setItem(name, 'x')
    for (const name of ['steward.draft orders 7', 'steward.draft orders 8']) session.setItem(name, 'x')
  }
  const left = () => [...local.kept.keys(), ...session.kept.keys()].filter((name) => name !== 'steward.person').sort()
  return { leave, left, storages: () => [local, session] }
}

const kim = { type: 'staff', id: 'kim' }
const everything = ['others', 'steward.draft orders 7', 'steward.draft orders 8', 'steward.language', 'steward.opened']
const harmless = ['others', 'steward.language']

test('what is typed and opened stays for the same person, and not for somebody else', () => {
  const { leave, left, storages } = browser()
  keepApart(kim, storages)
  leave()
  keepApart(kim, storages)
  expect(left()).toEqual(everything)
  keepApart({ type: 'staff', id: 'lee' }, storages)
  expect(left()).toEqual(harmless)
  leave()
  keepApart({ type: 'service', id: 'lee' }, storages)
  expect(left()).toEqual(harmless)
})

test('what nobody knows whose it is goes, and so does everything when somebody signs out', () => {
  const { leave, left, storages } = browser()
  leave()
  keepApart(kim, storages)
  expect(left()).toEqual(harmless)
  leave()
  forgetLeft(storages)
  expect(left()).toEqual(harmless)
})

test('a browser that keeps nothing is no reason to fail', () => {
  const broken = () => {
    throw new Error('The operation is insecure.')
  }
  expect([keepApart(kim, broken), forgetLeft(broken)]).toEqual([undefined, undefined])
})
