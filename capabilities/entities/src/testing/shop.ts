// The sample shop with the dialect's door open on it, for tests: ask as a client does, and get the answer apart.
import { readFile } from 'node:fs/promises'
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Role, type WebRoom } from '@steward/engine'
import { openPool } from '@steward/postgres'
import { type Entities, openEntities } from '../open-entities.ts'
import type { EntitiesOptions } from '../options.ts'

/** What a client sends besides method and target. An object as `body` is sent as JSON. */
export type Asking = {
  headers?: Record<string, string>
  body?: string | Uint8Array | object | null
  actor?: Actor | null
  /** The one that may do everything, unless given. */
  role?: Role | null
}

/** What came back; header names in lower case, `json` null where the body is none. */
export type Answered = { status: number; headers: Record<string, string>; body: string | null; json: any }

/** `target` is path and query, percent-encoded where it must be; the rest is encoded here. */
export type Ask = (method: string, target: string, asking?: Asking) => Promise<Answered>

/** A database with the sample schema, nobody else's, and the entities open on it. */
export type Shop = { database: TestDatabase; entities: Entities; ask: Ask; close: () => Promise<void> }

const fixture = await readFile(new URL('../fixtures/shop.sql', import.meta.url), 'utf8')

/**
 * Opens the shop in compatibility mode as the role `shop_anonymous`, with plans, aggregates and `tx` allowed; `options`
 * change that.
 *
 * @example
 * const shop = await openShop()
 * const { status, json } = await shop.ask('GET', '/orders?select=id&limit=1')
 */
export function openShop(options: Partial<EntitiesOptions> = {}): Promise<Shop> {
  return openFilled({ name: 'shop', script: fixture }, { ...shopOptions, ...options })
}

/** A database of its own, filled by a script, and the entities open on it. */
export async function openFilled(
  { name, script }: { name: string; script: string },
  options: Omit<EntitiesOptions, 'pool'>,
): Promise<Shop> {
  const template = (url: string) => fill(url, script)
  const database = await testDatabase({ name, key: script, template })
  try {
    const entities = await openEntities({ pool: database.pool, ...options })
    return {
      database,
      entities,
      ask: askOf(entities),
      close: async () => {
        await entities.close()
        await database.drop()
      },
    }
  } catch (error) {
    await database.drop()
    throw error
  }
}

/** How the shop is open unless a test says otherwise. */
export const shopOptions = {
  schemas: ['public', 'personal'],
  extraSearchPath: ['public'],
  maxRows: null,
  allowsPlan: true,
  allowsAggregates: true,
  allowsTxOverride: true,
  compat: { anonymousRole: 'shop_anonymous' },
} satisfies Partial<EntitiesOptions>

/** A client of any room: what is sent is what an HTTP host would hand on. */
export function askOf(room: WebRoom): Ask {
  let number = 0
  return async (method, target, { headers = {}, body = null, actor = null, role = adminRole } = {}) => {
    const [path = '', ...rest] = encodeTarget(target).split('?')
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const isText = typeof body === 'string' || body instanceof Uint8Array
    if (body !== null && !('content-type' in sent)) sent['content-type'] = 'application/json'
    number += 1
    const answer = await room.answer({
      method,
      path,
      query: rest.join('?'),
      headers: sent,
      body: body === null ? null : Buffer.from(isText ? (body as string) : JSON.stringify(body)),
      requestId: `test-${number}`,
      actor,
      role,
      key: null,
    })
    const received = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const isJson = /^[^;]*json/.test(received['content-type'] ?? '') && answer.body !== null && answer.body !== ''
    return {
      status: answer.status,
      headers: received,
      body: answer.body,
      json: isJson ? JSON.parse(answer.body!) : null,
    }
  }
}

// As a browser does: what may not stand in a request line is encoded, what is encoded already stays.
function encodeTarget(target: string): string {
  return target.replace(/[^!#-;=?@A-Z[\]_a-z~]/gu, (letter) =>
    letter.isWellFormed() ? encodeURIComponent(letter) : '%ED%A0%80',
  )
}

async function fill(url: string, script: string): Promise<void> {
  const pool = openPool({ connectionString: url, max: 1 })
  try {
    await pool.query(script)
  } finally {
    await pool.end()
  }
}
