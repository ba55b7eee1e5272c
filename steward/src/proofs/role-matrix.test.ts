// Every route, asked by every kind of onlooker in every way that could tell more than may be told: the routes come from the
// document of the API and from the contracts, and one that nobody has thought of here fails.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { routeOf } from '@steward/contract'
import type { WebAnswer } from '@steward/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenedSteward, openSteward } from '../index.ts'
import { capabilities } from '../steward.ts'
import { countCustomers, fillMatrixShop, onlookers, planted } from '../testing/matrix-shop.ts'

type Asked = { method: string; target: string; headers?: Record<string, string>; body?: unknown }
type Route = { method: string; path: string }

let database: TestDatabase
let steward: OpenedSteward
let routes: Route[]

beforeAll(async () => {
  database = await testDatabase({ name: 'role_matrix' })
  await fillMatrixShop(database.pool)
  steward = await openSteward({
    databaseUrl: database.url,
    officeUrl: database.url,
    schemas: ['public'],
    allowsPlan: true,
    configuration: { procedures: [countCustomers] },
  })
  const { paths } = JSON.parse((await ask({ method: 'GET', target: '/openapi.json' }, 'admin')).body ?? '')
  const documented = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
  // What a document of an API does not tell of itself, and forms that stand in its text alone.
  const beside = ['/', '/openapi.json', '/docs', '/events', '/entities/customers'].map((path) => ({
    method: 'GET',
    path,
  }))
  const more = [
    { method: 'POST', path: '/customers/query' },
    { method: 'OPTIONS', path: '/customers' },
    { method: 'HEAD', path: '/customers' },
    { method: 'GET', path: '/session-reason' },
    { method: 'DELETE', path: '/session-reason' },
  ]
  routes = [...documented, ...beside, ...more]
})
afterAll(async () => {
  await steward.close()
  await database.drop()
})

async function ask({ method, target, headers = {}, body }: Asked, onlooker: string): Promise<WebAnswer> {
  const [path = '', ...query] = `/api${target}`.split('?')
  const found = [...steward.rooms]
    .sort((one, other) => other.prefix.length - one.prefix.length)
    .find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
  const role = onlookers[onlooker] ?? null
  const stop = new AbortController()
  const answer = await found!.room.answer({
    method,
    path: path.slice(found!.prefix.length) || '/',
    query: query.join('?'),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? null : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    requestId: 'matrix',
    actor: role === null ? null : { type: 'staff', id: onlooker },
    role,
    key: null,
  })
  if (answer.stream !== undefined) stop.abort()
  return answer
}

const because = { 'steward-reason': 'matrix' }
const guesses = [`${planted}-phone-of-ann`, `${planted}-phone-of-ann-again`]

/** All that can be asked of rows: as they are, filtered, ordered, counted, embedded, explained and in other forms. */
function readings(entity: string): Asked[] {
  const queries = [
    '',
    'select=*',
    'select=phone',
    'select=number',
    'select=shouted',
    'select=token',
    'select=phone::text',
    'select=p:phone->>x',
    'select=dialled',
    'select=max(phone)',
    'select=phone,count()',
    'select=id,customers(*)',
    'select=id,customers(phone)',
    'select=id,customers!inner(id)&customers.phone=like.*PLANTED*',
    'select=id,notes(*,customers(*))',
    'select=id,secrets(*)',
    'select=id,...customers(phone)',
    ...guesses.map((guess) => `phone=eq.${guess}`),
    `phone=like.${planted}*`,
    `or=(phone.like.${planted}*,id.eq.1)`,
    `not.and=(phone.is.null,id.eq.0)`,
    `number=eq.${guesses[1]}`,
    'order=phone',
    'order=customers(phone)&select=id,customers(id)',
    'workspace_id=eq.8',
    'id=eq.2',
    'id=eq.x',
    'phnoe=eq.1',
  ]
  const plain = queries.map((query) => ({ method: 'GET', target: `${entity}?${query}` }))
  const forms = ['text/csv', 'application/vnd.pgrst.object+json', 'application/json;numbers=string'].map((accept) => ({
    method: 'GET',
    target: `${entity}?id=eq.2`,
    headers: { accept },
  }))
  const counted = ['exact', 'planned', 'estimated'].map((count) => ({
    method: 'GET',
    target: `${entity}?limit=1`,
    headers: { prefer: `count=${count}` },
  }))
  const explained = { method: 'GET', target: entity, headers: { accept: 'application/vnd.pgrst.plan+json' } }
  return [...plain, ...forms, ...counted, explained]
}

/** Writes that would reach, make, take over or reveal what is not theirs; each as a dry run, with all that it changes. */
function writings(method: string, entity: string): Asked[] {
  const dry = { prefer: 'tx=rollback, return=representation', 'steward-diff': '1' }
  const bodies = [
    { id: 9, workspace_id: 8, name: 'x' },
    { id: 9, workspace_id: 7, name: 'x', phone: guesses[1] },
    { id: 2, workspace_id: 7, name: 'x' },
    { id: 9, workspace_id: 7, name: '' },
    { id: 9, workspace_id: 7, customer_id: 2, body: 'x' },
    { id: 1, workspace_id: 7, name: 'x' },
    { name: 'x' },
  ]
  const targets = [
    entity,
    `${entity}?id=eq.2`,
    `${entity}?id=eq.1`,
    `${entity}?workspace_id=gte.0`,
    `${entity}?phone=eq.${guesses[1]}`,
    `${entity}?on_conflict=phone`,
    `${entity}?on_conflict=id&select=*`,
    `${entity}?id=eq.1&select=*,customers(*)`,
  ]
  return targets.flatMap((target) =>
    (method === 'DELETE' ? [undefined] : bodies).flatMap((body) => {
      const upsert = { ...dry, prefer: `${dry.prefer}, resolution=merge-duplicates` }
      const asked = { method, target, headers: { ...because, ...dry }, body }
      return method === 'POST' ? [asked, { ...asked, headers: { ...because, ...upsert } }] : [asked]
    }),
  )
}

const keys = ['1', '2', '9']
const tables = ['customers', 'notes', 'secrets', 'customer_names']

/** Of the trail: every record, moment, operation and search; reverts are only looked at. */
function lookingBack(path: string, operations: readonly string[]): Asked[] {
  const get = (target: string): Asked => ({ method: 'GET', target })
  const now = encodeURIComponent(new Date().toISOString())
  if (path.includes('{entity}')) {
    const filled = tables.map((table) => path.replace('{entity}', table))
    return filled.flatMap((target) => [
      get(target),
      get(`${target}?filter[workspace_id]=8`),
      get(`${target}?filter[phone]=${planted}-phone-of-ann-again`),
      get(`${target}?when=${now}`),
      ...keys.flatMap((key) => [get(`${target}?key=${key}`), get(`${target}?key=${key}&when=${now}`)]),
    ])
  }
  if (path.includes('{id}')) return operations.map((id) => get(path.replace('{id}', id)))
  return [
    get(path),
    ...tables.map((table) => get(`${path}?entity=${table}`)),
    get(`${path}?entity=customers&field=phone`),
    get(`${path}?procedure=sql&from=2020-01-01&to=2099-01-01`),
    get(`${path}?by=entity&every=day`),
    get(`${path}?by=procedure&every=day`),
  ]
}

/** What is asked at a route. One that is not known here has to be thought of first. */
function askedAt({ method, path }: Route, operations: readonly string[]): Asked[] {
  const [, first = '', second = ''] = path.split('/')
  const once: Asked[] = [{ method, target: path }]
  if (first === 'rpc') {
    const calls = [{}, { workspace: 8 }]
    if (method === 'POST') return calls.map((body) => ({ method, target: path, headers: because, body }))
    return readings(path)
  }
  if (first === 'trail' && method === 'GET') return lookingBack(path, operations)
  if (first === 'trail' && second === 'revert') {
    return operations.map((operation) => ({
      method,
      target: path,
      body: { operation, reason: 'matrix', dryRun: true },
    }))
  }
  if (['trail', 'access', 'inquiries', 'views'].includes(first)) {
    const filled = path.replaceAll(/\{\w+\}/g, '1')
    return [{ method, target: filled, ...(method === 'GET' ? {} : { headers: because, body: { dryRun: true } }) }]
  }
  if (first === 'search') {
    return ['ann@example.com', planted, guesses[1], 'PLANTED-token', 'PLANTED-bob@example.com', '2'].map((text) => ({
      method,
      target: `${path}?q=${encodeURIComponent(text ?? '')}`,
    }))
  }
  if (first === 'meta')
    return ['/meta', ...tables.map((table) => `/meta/${table}`)].map((target) => ({ method, target }))
  if (first === 'changesets') {
    const requests = [...readings('/customers').slice(0, 8), ...writings('PATCH', '/customers').slice(0, 9)].map(
      ({ target, ...request }) => ({ ...request, path: target }),
    )
    return requests.map((request) => ({
      method,
      target: path,
      body: { reason: 'm', dryRun: true, requests: [request] },
    }))
  }
  if (path === '/customers/query') {
    return readings('').map(({ target }) => ({
      method,
      target: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: target.slice(1),
    }))
  }
  const isEntity = tables.includes(first) || first === 'customer_numbers' || first === 'entities'
  if (isEntity && (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')) {
    return readings(path).map((asked) => ({ ...asked, method }))
  }
  if (isEntity) return writings(method, path)
  const known = ['', 'openapi.json', 'docs', 'events', 'calls', 'session-reason']
  if (known.includes(first)) return method === 'POST' ? [{ method, target: path, body: { reason: 'm' } }] : once
  throw new Error(`Nobody has thought of how ${method} ${path} could tell too much: add it here.`)
}

async function operationsOf(): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('SELECT DISTINCT id::text FROM steward.operation')
  return rows.map(({ id }) => id)
}

const whole = ({ headers, body }: WebAnswer) => `${JSON.stringify(headers)} ${body}`

/** Their own words in the address come back to them. */
const without = (text: string, asked: Asked) =>
  [asked.target, decodeURIComponent(asked.target), JSON.stringify(asked.body ?? '')].reduce(
    (left, words) => left.replaceAll(words, ''),
    text,
  )

describe('the matrix', () => {
  test('has every route of every contract', () => {
    const contracted = capabilities
      .filter(({ name }) => name !== 'entities')
      .flatMap(({ name, contract }) =>
        Object.entries(contract).flatMap(([word, promised]) => {
          const route = routeOf(word, promised)
          return route === null ? [] : [`${route.method} /${name}${route.path}`]
        }),
      )
    const known = routes.map(({ method, path }) => `${method} ${path}`)
    expect(contracted.length).toBeGreaterThan(20)
    expect(known).toEqual(expect.arrayContaining(contracted))
    expect(known).toEqual(expect.arrayContaining(['POST /changesets', 'GET /search', 'GET /meta', 'GET /calls']))
  })

  test('shows nothing to support that is not theirs, by any route, and does nothing for whom has no right', async () => {
    const operations = await operationsOf()
    const told: string[] = []
    const seenByAdmin = new Set<string>()
    let count = 0
    for (const route of routes) {
      for (const asked of askedAt(route, operations)) {
        const answers = await Promise.all(
          Object.keys(onlookers).map(async (name) => [name, await ask(asked, name)] as const),
        )
        for (const [name, answer] of answers) {
          count += 1
          const line = `${name}: ${asked.method} ${asked.target} ${JSON.stringify(asked.body ?? null)}`
          const text = without(whole(answer), asked)
          if (answer.status >= 500) told.push(`${line} is ${answer.status}: ${answer.body}`)
          if (name === 'admin') for (const [word] of text.matchAll(/PLANTED-[a-z-]+/g)) seenByAdmin.add(word)
          if ((name === 'support' || name === 'idle' || name === 'nobody') && text.includes(planted)) {
            told.push(`${line} tells ${text}`)
          }
          if (name === 'nobody' && answer.status !== 401) told.push(`${line} is ${answer.status}`)
        }
      }
    }
    expect(told).toEqual([])
    expect(count).toBeGreaterThan(3000)
    // Were there nothing to be seen, not seeing it would prove nothing.
    expect([...seenByAdmin]).toEqual(
      expect.arrayContaining([
        `${planted}-token`,
        `${planted}-note-on-bob`,
        `${planted}-name-of-bob`,
        `${planted}-phone-of-ann-again`,
        `${planted}-note-deleted`,
      ]),
    )
  })

  test('lets support do what is theirs', async () => {
    const statuses: Record<string, number> = {}
    const mine: Asked[] = [
      { method: 'GET', target: '/customers?id=eq.1' },
      { method: 'GET', target: '/customer_names' },
      { method: 'GET', target: '/customers?select=id,notes(body)' },
      { method: 'PATCH', target: '/customers?id=eq.1', headers: because, body: { name: 'Anna' } },
      { method: 'POST', target: '/notes', headers: because, body: { id: 7, workspace_id: 7, customer_id: 1 } },
      { method: 'DELETE', target: '/notes?id=eq.7', headers: because },
      { method: 'GET', target: '/trail/history/customers?key=1' },
      { method: 'GET', target: '/search?q=ann@example.com' },
      { method: 'GET', target: '/rpc/all_customers' },
      { method: 'POST', target: '/rpc/customers.count', body: { workspace: 7 } },
    ]
    for (const asked of mine) statuses[`${asked.method} ${asked.target}`] = (await ask(asked, 'support')).status
    expect(Object.values(statuses).every((status) => status < 300)).toBe(true)
    const { body } = await ask({ method: 'GET', target: '/customers' }, 'support')
    expect(JSON.parse(body ?? '')).toEqual([
      { id: 1, workspace_id: 7, name: 'Anna', email: 'ann@example.com', phone: null },
    ])
  })
})
