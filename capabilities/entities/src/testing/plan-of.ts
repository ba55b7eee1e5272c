// The first two stages over the shop, for tests of plans and statements that need no server around them.
import { readFile } from 'node:fs/promises'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool } from '@steward/postgres'
import { readSchemaCache } from '../catalog/read-schema-cache.ts'
import { makePlan, type Plan } from '../dialect/plan.ts'
import { readRequest } from '../dialect/read-request.ts'
import { settingsOf } from '../open-entities.ts'
import type { Settings } from '../options.ts'

const fixture = await readFile(new URL('../fixtures/shop.sql', import.meta.url), 'utf8')

/** A request beside its method and target; a body that is no text is sent as JSON. */
export type SentPlan = { headers?: Record<string, string>; body?: unknown; settings?: Partial<Settings> }

/** The shop, and how requests to it are planned. */
export type PlannedShop = {
  database: TestDatabase
  settings: Settings
  planOf: (method: string, target: string, sent?: SentPlan) => Plan
}

/** Opens the shop for planning alone; `changed` are settings for all requests. */
export async function openPlannedShop(name: string, changed: Partial<Settings> = {}): Promise<PlannedShop> {
  const database = await testDatabase({ name, key: fixture, template: fillPlannedShop })
  const settings: Settings = {
    ...settingsOf({
      pool: database.pool,
      schemas: ['public', 'personal'],
      allowsPlan: true,
      compat: { anonymousRole: null },
    }),
    ...changed,
  }
  const cache = await readSchemaCache(database.pool, settings)
  return {
    database,
    settings,
    planOf(method, target, { headers = {}, body, settings: own } = {}) {
      const [path = '', query = ''] = target.split('?')
      const all = { ...settings, ...own }
      const web = {
        method,
        path,
        query,
        headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        body: body === undefined ? null : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
        requestId: 'r',
        actor: null,
        role: null,
        key: null,
      }
      return makePlan(readRequest(web, all), cache, all, { role: null, actor: null })
    },
  }
}

async function fillPlannedShop(url: string): Promise<void> {
  const pool = openPool({ connectionString: url, max: 1 })
  await pool.query(fixture)
  await pool.end()
}
