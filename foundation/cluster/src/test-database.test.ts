import { testDatabase } from '@steward/cluster'
import { expect, test } from 'vitest'
test('a', async () => {
  const d = await testDatabase()
  expect((await d.pool.query('select 1 as a')).rows).toEqual([{ a: 1 }])
  await d.drop()
})
