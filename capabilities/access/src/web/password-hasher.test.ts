// Passwords as they are stored, and the queue in front of it.
import { expect, test } from 'vitest'
import { openPasswordHasher } from './password-hasher.ts'

const cost = { N: 1024, r: 8, p: 1 }

test('a hash knows its own password, in any spelling of its characters, and no other', async () => {
  const hasher = openPasswordHasher({ cost })
  const hash = await hasher.hash('비밀번호 ① é')
  expect(await hasher.hash('비밀번호 ① é')).not.toBe(hash)
  expect(await hasher.verify({ hash, password: '비밀번호 1 é' })).toBe(true)
  expect(await hasher.verify({ hash, password: '비밀번호 2 é' })).toBe(false)
  expect(await hasher.verify({ hash: hasher.decoy, password: '비밀번호 ① é' })).toBe(false)
  expect(await hasher.verify({ hash: 'something else', password: '' })).toBe(false)
  expect(await openPasswordHasher({ cost: { ...cost, N: 2048 } }).verify({ hash, password: '비밀번호 ① é' })).toBe(true)
})

test('the decoy costs what a real hash costs', () => {
  const costOf = (hash: string) => hash.split('$').slice(0, 4)
  expect(costOf(openPasswordHasher().decoy)).toEqual(['scrypt', '32768', '8', '3'])
})

test('few are made at once, few wait, and the rest is sent away at once', async () => {
  const hasher = openPasswordHasher({ cost, atOnce: 2, waiting: 3 })
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => hasher.hash('a password')))
  const refused = all.filter((each) => each.status === 'rejected')
  expect(refused).toHaveLength(15)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'ACCESS_BUSY', status: 503 })
  expect(await hasher.verify({ hash: hasher.decoy, password: 'x' })).toBe(false)
})
