// Signed contexts: the trail tells what a service said from what somebody forged.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signContexts } from './context/open-operation.ts'
import { openTrail, withOperation } from './index.ts'
import { trailDatabase } from './testing/trail-database.ts'

describe('signed contexts', () => {
  let database: Awaited<ReturnType<typeof trailDatabase>>
  beforeAll(async () => {
    database = await trailDatabase({ setup: 'CREATE TABLE orders (id int PRIMARY KEY, note text)', track: ['orders'] })
  })
  afterAll(async () => {
    signContexts(undefined)
    await database.drop()
  })

  test('are told from forged ones, for each of several nested operations', async () => {
    const trail = openTrail({ pool: database.pool, signingKey: 'of this service' })
    await trail.install()
    trail.instrument(database.pool)
    const signedOf = async (id: string) => {
      const [change] = await trail.history('orders', id)
      return (await trail.operation(change?.operation.id ?? '')).operation.signed
    }
    await withOperation({ procedure: 'outer' }, () =>
      withOperation({ procedure: '안녕 inner', params: { a: "'" } }, () =>
        database.pool.query('INSERT INTO orders VALUES (1)'),
      ),
    )
    expect(await signedOf('1')).toBe(true)
    const { operations } = await trail.operations({ procedure: 'outer' })
    expect((await trail.operation(operations[0]?.id ?? '')).operation.signed).toBe(true)

    signContexts(() => 'f'.repeat(64))
    await withOperation({ procedure: 'forged' }, () => database.pool.query('INSERT INTO orders VALUES (2)'))
    expect(await signedOf('2')).toBe(false)
    signContexts(undefined)
    await withOperation({ procedure: 'unsigned' }, () => database.pool.query('INSERT INTO orders VALUES (3)'))
    expect(await signedOf('3')).toBe(null)
    expect((await trail.doctor()).findings.map(({ kind }) => kind)).toContain('unsigned')
  })
})
