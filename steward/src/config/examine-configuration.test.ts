// A configuration held against a database: what leads nowhere is told, and what would therefore be shown is refused.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { defineProcedure } from '@steward/engine'
import { type Catalog, readCatalog } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { capabilities } from '../steward.ts'
import type { Configuration } from './configuration.ts'
import { examineConfiguration } from './examine-configuration.ts'
import { readConfiguration } from './read-configuration.ts'

let database: TestDatabase
let catalog: Catalog

beforeAll(async () => {
  database = await testDatabase({ name: 'examine-configuration' })
  await database.pool.query(`
    CREATE TABLE customers (id int PRIMARY KEY, name text, email text, org_id int);
    CREATE SCHEMA billing;
    CREATE TABLE billing.invoices (id int PRIMARY KEY);
    CREATE FUNCTION close_order(id int) RETURNS int LANGUAGE sql AS 'SELECT 1'`)
  catalog = await readCatalog(database.pool)
})
afterAll(() => database?.drop())

function findings(configuration: Configuration): string[] {
  const found = examineConfiguration(readConfiguration(configuration), { catalog, capabilities })
  return found.map(({ level, kind, message, hint }) => {
    expect(hint, message).not.toBe('')
    return `${level} ${kind}`
  })
}
const roles = (cx: NonNullable<Configuration['roles']>[string]): Configuration => ({ roles: { cx } })

test('what leads somewhere is no finding', () => {
  const configuration: Configuration = {
    entities: { customers: { title: 'name', search: ['email'], list: ['id'], columns: { org_id: { label: 'Org' } } } },
    roles: {
      cx: {
        permissions: ['trail:history', 'trail:*', 'entities:search', '*', 'orders:refund'],
        functions: ['close_order', '*'],
        entities: {
          '*': { read: true, mask: ['email'] },
          customers: { read: true, mask: { email: 'first-letter' }, where: { org_id: 7 } },
          'billing.invoices': { read: true, where: () => ({ id: 1 }) },
        },
      },
    },
    procedures: [
      defineProcedure({
        name: 'orders.refund',
        summary: 'Refunds',
        effect: 'write',
        entity: 'customers',
        input: z.object({}),
        output: z.null(),
        run: async () => null,
      }),
    ],
  }
  expect(findings(configuration)).toEqual([])
})

test('a mask or a filter that points nowhere is an error: after a renaming it would hold nothing back', () => {
  expect(findings(roles({ entities: { customers: { read: true, mask: ['mail'] } } }))).toEqual(['error mask-nowhere'])
  expect(findings(roles({ entities: { customers: { read: true, where: { organisation: 1 } } } }))).toEqual([
    'error filter-nowhere',
  ])
  expect(findings(roles({ entities: { '*': { read: true, mask: ['ssn'] } } }))).toEqual(['warning mask-nowhere'])
})

test('an entity that is not there is an error where the rule for all others would show it, else a warning', () => {
  const all = { '*': { read: true } }
  for (const rule of [{}, { read: true, mask: ['email'] }, { read: true, where: { id: 1 } }]) {
    expect(findings(roles({ entities: { ...all, clients: rule } }))).toEqual(['error unknown-entity'])
    expect(findings(roles({ entities: { clients: rule } }))).toEqual(['warning unknown-entity'])
  }
  expect(findings(roles({ entities: { ...all, clients: { read: true, write: true } } }))).toEqual([
    'warning unknown-entity',
  ])
})

test('everything else that leads nowhere is a warning with the nearest name', () => {
  expect(findings(roles({ permissions: ['trail:histroy', 'scripts:*'], functions: ['close_ordre'] }))).toEqual([
    'warning unknown-function',
    'warning unknown-permission',
    'warning unknown-permission',
  ])
  expect(
    findings({ entities: { custmers: { label: 'x' }, customers: { title: 'nam', list: ['nam', 'id'] } } }),
  ).toEqual(['warning unknown-entity', 'warning unknown-column'])
  const [finding] = examineConfiguration(readConfiguration({ entities: { custmers: {} } }), { catalog, capabilities })
  expect(finding).toMatchObject({ subject: 'custmers', hint: 'Did you mean "customers"?' })
})
