// What is promised of every library, kept with Prisma over its adapter for node-postgres.
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { expect, test } from 'vitest'
import { withOperation } from '../context/current-operation.ts'
import { carriesOperations } from '../testing/orm-promise.ts'
import { type AccountClient, generatePrismaClient } from '../testing/prisma-client.ts'
import { instrument } from './instrument.ts'

let prisma: AccountClient

const { trail } = carriesOperations(async (url) => {
  const { PrismaClient, remove } = await generatePrismaClient()
  const pool = instrument(new pg.Pool({ connectionString: url }))
  prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const insertInto = (to: AccountClient) => (name: string) => to.account.create({ data: { name } })
  return {
    insert: insertInto(prisma),
    inTransaction: (act) =>
      prisma.$transaction((transaction) => act(insertInto(transaction)), {
        isolationLevel: 'RepeatableRead',
        maxWait: 20_000,
      }),
    rename: (from, to) => prisma.account.updateMany({ where: { name: from }, data: { name: to } }),
    remove: (name) => prisma.account.deleteMany({ where: { name } }),
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
      await remove()
    },
  }
})

test('a batch is one transaction of one operation', async () => {
  await withOperation({ procedure: 'a.b' }, () =>
    prisma.$transaction([
      prisma.account.create({ data: { name: 'one' } }),
      prisma.account.create({ data: { name: 'two' } }),
    ]),
  )
  expect((await trail().changes()).map(({ name, procedure }) => [name, procedure])).toEqual([
    ['one', 'a.b'],
    ['two', 'a.b'],
  ])
  expect(await trail().operations()).toHaveLength(1)
})
