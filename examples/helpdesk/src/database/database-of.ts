// TypeORM's side of the joint: the transaction of an EntityManager as the functions of the domain take it.
import type { EntityManager } from 'typeorm'
import type { Database } from './database.ts'

/**
 * The transaction that an EntityManager holds, so that domain functions take part in it.
 *
 * @example
 * await dataSource.transaction((manager) => refundOrder(databaseOf(manager), { order: 'HD-10482' }))
 */
export function databaseOf({ queryRunner }: EntityManager): Database {
  if (queryRunner === undefined) throw new Error('A domain function was called outside of a transaction.')
  return {
    query: async (text, values = []) => {
      // The third argument asks for rows and count apart; without it an UPDATE answers with both in an array.
      const { records, affected } = await queryRunner.query(text, values, true)
      return { rows: records, rowCount: affected ?? null }
    },
  }
}
