// The document is valid, whole, and only what the role may use; generators make working clients of it.

import { Validator } from '@seriousme/openapi-schema-validator'
import { adminRole, defineProcedure, type Role } from '@steward/engine'
import { trailContract } from '@steward/trail/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openShop, type Shop } from '../testing/shop.ts'

const kim = { type: 'staff', id: 'kim' } as const
const receipt = z.object({ order: z.number().int(), copies: z.number().int().default(1) })
const reprint = defineProcedure({
  name: 'orders.reprint',
  summary: 'Prints a receipt again',
  effect: 'write',
  input: receipt,
  output: receipt,
  run: async (_, input) => input,
})
const refund = defineProcedure({
  name: 'orders.refund',
  summary: 'Refunds an order',
  effect: 'write',
  entity: 'orders',
  input: z.object({ order: z.number().int(), note: z.string().optional() }),
  output: z.object({ refunded: z.boolean() }),
  run: async () => ({ refunded: true }),
})
const odd = `
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TABLE search (id int PRIMARY KEY, "select" text, mood mood DEFAULT 'ok', moods mood[], size int4range);
  CREATE TABLE "한글 표/~" ("열 이름" uuid PRIMARY KEY, secret text DEFAULT 'hunter2', level mood NOT NULL DEFAULT 'sad');
  CREATE TABLE personal.search (id int PRIMARY KEY);
  CREATE FUNCTION personal.find_search() RETURNS SETOF personal.search STABLE LANGUAGE sql AS 'SELECT * FROM personal.search';
  CREATE TABLE order_item_insert (id int PRIMARY KEY);
  CREATE TABLE "orderItem" (id int PRIMARY KEY);
  COMMENT ON TABLE orders IS 'What was bought';`

let shop: Shop
beforeAll(async () => {
  shop = await openShop({
    compat: undefined as never,
    procedures: { listed: [refund, reprint], perform: () => Promise.reject(new Error('not called')) },
    readCalls: async () => [],
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
    contracts: { trail: trailContract },
  })
  await shop.database.pool.query(odd)
  await shop.entities.reload()
})
afterAll(() => shop.close())

type Document = { paths: Record<string, Record<string, any>>; components: Record<string, Record<string, any>> }

const documentOf = async (role: Role = adminRole): Promise<Document> => {
  const { status, json } = await shop.ask('GET', '/openapi.json', { actor: kim, role })
  expect(status).toBe(200)
  return json
}

const operationsOf = ({ paths }: Document) => Object.values(paths).flatMap((path) => Object.values(path))

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate({ ...(await documentOf()) })
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
})

test('every reference leads somewhere, and every operation has a name of its own', async () => {
  const document = await documentOf()
  for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)) {
    const [kind = '', name = ''] = (reference as string).split('/')
    expect([reference, document.components[kind]?.[name]]).toEqual([reference, expect.anything()])
  }
  const ids = operationsOf(document).map(({ operationId }) => operationId as string)
  expect(ids.every((id) => /^[A-Za-z][A-Za-z0-9_]*$/.test(id))).toBe(true)
  const asWritten = ids.map((id) => id.replaceAll('_', '').toLowerCase())
  expect(new Set(asWritten).size).toBe(ids.length)
})

test('all entities, functions, procedures and routes are in it', async () => {
  const { paths } = await documentOf()
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/orders',
      '/entities/search',
      '/entities/customer',
      '/rpc/add_them',
      '/rpc/orders.refund',
      '/search',
      '/meta',
      '/calls',
      '/changesets',
      '/trail/history/{entity}',
      `/${encodeURIComponent('한글 표/~')}`,
    ]),
  )
  expect(Object.keys(paths['/orders'] ?? {})).toEqual(['get', 'post', 'patch', 'put', 'delete'])
  expect(Object.keys(paths['/order_summary'] ?? {})).toEqual(['get'])
  expect(Object.keys(paths['/rpc/add_them'] ?? {})).toEqual(['get', 'post'])
  expect(Object.keys(paths['/rpc/set_status'] ?? {})).toEqual(['post'])
  // A function that answers rows of a table answers them by the table's own schema.
  expect(paths['/rpc/find_orders']?.['get'].responses[200].content['application/json'].schema).toEqual({
    type: 'array',
    items: { $ref: '#/components/schemas/orders' },
  })
})

test('of a shape that is both taken and given, only the taken one may leave a default out', async () => {
  const { post } = (await documentOf()).paths['/rpc/orders.reprint'] ?? {}
  expect(post.requestBody.content['application/json'].schema.required).toEqual(['order'])
  expect(post.responses[200].content['application/json'].schema.required).toEqual(['order', 'copies'])
})

test('the paths of entities and functions in it answer', async () => {
  const { paths } = await documentOf()
  const readable = Object.entries(paths).filter(
    ([path, { get }]) => get && !path.includes('{') && !path.startsWith('/trail'),
  )
  const entities = readable.filter(([path]) => !path.startsWith('/rpc/') && !['/search', '/calls'].includes(path))
  for (const [path, { get }] of entities) {
    const profile = get.parameters?.find(({ name }: { name?: string }) => name === 'Accept-Profile')
    const headers = profile ? { 'Accept-Profile': profile.schema.enum[0] as string } : {}
    const { status } = await shop.ask('GET', `${path}?limit=1`, { actor: kim, headers })
    expect([path, status]).toEqual([path, 200])
  }
  expect(entities.length).toBeGreaterThan(25)
})

test('a role has its own document: what it may not use is not in it, and of masked columns nothing that they hold', async () => {
  const role: Role = {
    name: 'support',
    permissions: ['entities:search'],
    functions: ['add_them'],
    entities: {
      customer: { read: true, mask: ['email'] },
      '한글 표/~': { read: true, write: ['update'], mask: { secret: 'last-4', level: 'hidden' } },
    },
  }
  const document = await documentOf(role)
  expect((await new Validator().validate({ ...document })).valid).toBe(true)
  expect(Object.keys(document.paths).sort()).toEqual(
    [
      '/customer',
      `/${encodeURIComponent('한글 표/~')}`,
      '/rpc/add_them',
      '/search',
      '/changesets',
      '/session-reason',
    ].sort(),
  )
  expect(Object.keys(document.paths['/customer'] ?? {})).toEqual(['get'])
  const text = JSON.stringify(document)
  for (const hidden of ['hunter2', 'sad', 'mood', 'orders', 'diary', 'orders.refund'])
    expect([hidden, text.includes(hidden)]).toEqual([hidden, false])
  const parameters = Object.values(document.components['parameters'] ?? {}).map(({ name }) => name as string)
  expect(parameters).not.toContain('email')
  expect(parameters).not.toContain('level')
  expect(parameters).toContain('country')
  const update = Object.entries(document.components['schemas'] ?? {}).find(([name]) => name.includes('update'))?.[1]
  expect(Object.keys(update.properties)).toEqual(['열 이름'])
})

test('a role whose rows are chosen by a number beyond what JSON has gets its document, too', async () => {
  const role: Role = {
    name: 'large',
    permissions: [],
    functions: [],
    entities: { customer: { read: true, where: { id: 9007199254740993n } } },
  }
  expect(Object.keys((await documentOf(role)).paths)).toContain('/customer')
})

test('the document of a role that is changed is drawn anew', async () => {
  const role: Role = { name: 'same', permissions: [], functions: [], entities: { customer: { read: true } } }
  expect(Object.keys((await documentOf(role)).paths)).toContain('/customer')
  const narrower: Role = { ...role, entities: { orders: { read: true } } }
  expect(Object.keys((await documentOf(narrower)).paths)).not.toContain('/customer')
})

test('the root is a valid Swagger 2.0 document, of what the role sees', async () => {
  const all = await shop.ask('GET', '/', { actor: kim })
  const checked = await new Validator().validate(all.json)
  expect(checked.errors ?? []).toEqual([])
  expect(checked.valid).toBe(true)
  expect(all.json.paths['/orders'].get.parameters).toContainEqual({ $ref: '#/parameters/rowFilter.orders.status' })
  expect(all.json.definitions.orders.properties.id).toMatchObject({
    format: 'integer',
    type: 'integer',
    description: 'Note:\nThis is a Primary Key.<pk/>',
  })
  expect(all.json.definitions.orders.properties.customer_id.description).toContain("<fk table='customer' column='id'/>")
  const role: Role = {
    name: 'support',
    permissions: [],
    functions: [],
    entities: { '한글 표/~': { read: true, mask: ['secret', 'level'] } },
  }
  const own = await shop.ask('GET', '/', { actor: kim, role })
  expect(Object.keys(own.json.paths)).toEqual(['/', '/한글 표/~'])
  for (const hidden of ['hunter2', 'sad', 'orders'])
    expect([hidden, own.body?.includes(hidden)]).toEqual([hidden, false])
})

test('the page and its files come from here, under a policy that lets nothing else run', async () => {
  const page = await shop.ask('GET', '/docs', { actor: kim })
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
  expect(page.headers['content-security-policy']).not.toContain('unsafe')
  expect(page.body).not.toMatch(/https?:|<style|style=|<script>/)
  const files = [...(page.body ?? '').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file as string)
  expect(files).toHaveLength(5)
  for (const file of files) {
    const { status, body, headers } = await shop.ask('GET', `/${file}`, { actor: kim })
    expect([file, status]).toEqual([file, 200])
    expect(body?.length).toBeGreaterThan(50)
    expect(headers['content-type']).toMatch(file.endsWith('.js') ? /javascript/ : /css|svg/)
  }
  expect((await shop.ask('GET', '/docs/', { actor: kim })).body).toContain('src="start.js"')
  for (const other of ['../package.json', '..%2Fpackage.json', 'index.html', 'toString', '__proto__', 'start.js/x']) {
    const { status } = await shop.ask('GET', `/docs/${other}`, { actor: kim })
    expect([other, status]).toEqual([other, 404])
  }
})
